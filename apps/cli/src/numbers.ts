import { EXIT, Failure } from './failure';

/**
 * A number of the command line.
 * @param what the option, for the message: `--ttl`
 * @throws Failure when it is none, or below `least`
 */
export function numberOf(what: string, text: string, least = 0): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= least) return value;
  throw new Failure(`${what} must be a number, ${least} or more, not ${JSON.stringify(text)}.`, EXIT.usage);
}
