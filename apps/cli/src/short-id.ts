import { EXIT, Failure } from './failure';

const SHOWN = 8;
const SHORTEST = 4;
const WHOLE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PART = /^[0-9a-f-]+$/i;

/** The end of an id, as tables print it: ids that begin with a time all begin alike. */
export const shortId = (id: string): string => id.slice(-SHOWN);

/**
 * The id that `given` stands for: itself when it is whole (then nothing is asked of the engine), else the only one of `candidates` that ends or begins with it.
 * What can be no part of an id is left to the engine to refuse.
 * @param what of what, for the message, as `lock`; @param candidates the ids that it may be
 * @throws Failure when none or several match
 */
export async function wholeId(what: string, given: string, candidates: () => Promise<readonly string[]>): Promise<string> {
  const part = given.toLowerCase();
  if (WHOLE.test(part)) return part;
  if (!PART.test(part) || part.length < SHORTEST) return given;
  const found = [...new Set(await candidates())].filter((id) => id.endsWith(part) || id.startsWith(part));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined)
    throw new Failure(`No ${what} has an id that begins or ends with ${part}: give the whole id, or look at the list.`, EXIT.notFound);
  throw new Failure(
    `${found.length} ${what}s have an id that begins or ends with ${part}: give more of it (${found.slice(0, 5).join(', ')}).`,
    EXIT.usage,
  );
}
