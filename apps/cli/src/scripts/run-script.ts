import type { Context } from '../context';
import { exitCodeOf } from '../exit-code';
import { EXIT, Failure } from '../failure';
import { plainText } from '../output/plain-text';
import { isScript, SCRIPTS, type ScriptName } from './names';
import { ScriptRun } from './script-run';

const RUNS: Readonly<Record<ScriptName, () => (run: ScriptRun) => Promise<void>>> = {
  'session-start': () => (require('./run-start') as typeof import('./run-start')).runStart,
  'session-heartbeat': () => (require('./run-heartbeat') as typeof import('./run-heartbeat')).runHeartbeat,
  'session-claim': () => (require('./run-claims') as typeof import('./run-claims')).runClaim,
  'session-release': () => (require('./run-claims') as typeof import('./run-claims')).runRelease,
  'session-send-message': () => (require('./run-messages') as typeof import('./run-messages')).runSendMessage,
  'session-check-messages': () => (require('./run-messages') as typeof import('./run-messages')).runCheckMessages,
  'session-status': () => (require('./run-status') as typeof import('./run-status')).runStatus,
  'update-status-board': () => updateStatusBoard,
};

async function updateStatusBoard(run: ScriptRun): Promise<void> {
  const { writeBoard } = require('../board/write-board') as typeof import('../board/write-board');
  await writeBoard(run.api, run.project_key, run.boardFile);
  run.say(`✅ Status board updated: ${run.boardFile}`);
}

/**
 * Runs one of the scripts, and gives its exit code: 0 when it did what it was called for, else 1, as those of shell scripts are. A write that waits
 * for the engine to come back counts as done; a claim does not wait, for nobody holds what nobody granted.
 */
export async function runScript(name: string, args: readonly string[], folder: string, context: Context): Promise<number> {
  if (!isScript(name)) throw new Failure(`There is no script ${name}: there are ${Object.keys(SCRIPTS).join(', ')}.`, EXIT.usage);
  try {
    await RUNS[name]()(new ScriptRun(name, args, folder, context));
    return 0;
  } catch (error) {
    const isQueued = exitCodeOf(error) === EXIT.queued;
    process.stderr.write(`${isQueued ? '⏳' : '❌'} ${plainText((error as Error).message)}\n`);
    return isQueued ? 0 : 1;
  }
}
