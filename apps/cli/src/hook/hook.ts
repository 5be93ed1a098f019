import type { GlobalFlags } from '../settings/settings';
import { type Answer, answerTo } from './answer';
import { eventNamed, goOn } from './answers';
import { AGENTS, readPayload } from './payload';

/** A tool is answered within this time, in ms from the start of the process, whatever happens; `COORD_HOOK_WITHIN` (ms) changes it. */
const ANSWER_WITHIN_MS = 800;
/** What it may take to write the answer and to end. */
const MARGIN_MS = 60;
/** No call of a tool is longer. */
const LONGEST = 64 << 20;

/**
 * Answers an event of a tool: `hook(['claude', 'PreToolUse'])` reads what the tool says from standard input and writes the answer in the
 * tool's own form. It never stands in the way of work: if anything is missing, broken or late, the answer is to go on, and the reason stands
 * on standard error. The exit code is always 0, since tools take others, such as 2, for a refusal.
 */
export function hook(words: readonly string[], given: GlobalFlags = {}): void {
  const [name = '', event = ''] = words;
  const agent = AGENTS.find((one) => one === name) ?? null;
  const goingOn = { say: goOn(agent, agent ? eventNamed(agent, event) : event) };
  const within = Number(process.env.COORD_HOOK_WITHIN) || ANSWER_WITHIN_MS;
  const until = within - MARGIN_MS;
  const leave = (): never => process.exit(0);
  let answered = false;
  const answer = ({ say, because, afterwards }: Answer): void => {
    if (answered) return;
    answered = true;
    if (because) process.stderr.write(`coord hook: ${because}\n`);
    process.stdout.write(`${JSON.stringify(say)}\n`, () => void (afterwards?.() ?? Promise.resolve()).catch(() => undefined).finally(leave));
  };
  const fail = (reason: unknown): void =>
    answer({ ...goingOn, because: `not checked: ${reason instanceof Error ? reason.message : String(reason)}` });

  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.stdout.on('error', leave);
  process.stderr.on('error', () => undefined);
  setTimeout(() => fail(`${within} ms have passed`), Math.max(0, until - performance.now()));
  setTimeout(leave, Math.max(0, within - performance.now()));
  if (agent === null) fail(`${JSON.stringify(name)} is no tool whose hooks are answered (${AGENTS.join(', ')})`);
  else
    readAll((text) => {
      answerTo(agent, event, readPayload(text, process.cwd()), given, until - MARGIN_MS).then(answer, fail);
    }, fail);
}

function readAll(done: (text: string) => void, fail: (reason: unknown) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  process.stdin.on('error', fail);
  process.stdin.on('data', (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST) fail('standard input is too long');
  });
  process.stdin.on('end', () => {
    try {
      done(Buffer.concat(pieces).toString());
    } catch (error) {
      fail(error);
    }
  });
}
