import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder';
import { EmbeddedServerError } from './errors';
import { readPidFile, removePidFile, removeSockets } from './pid-file';
import { isPostgresOn, postgresProcessesIn, processIdentity, sendSignal } from './process-identity';

/** A signal, and the time in milliseconds that it is given to work. */
type Step = [NodeJS.Signals, number];
/** To a server SIGINT means a fast shutdown and SIGQUIT an immediate one. */
const FOR_SERVER: Step[] = [
  ['SIGINT', 4_000],
  ['SIGQUIT', 2_000],
  ['SIGKILL', 2_000],
];
/** Without their server they end by themselves as soon as they look up from what they do. */
const FOR_CHILDREN: Step[] = [
  ['SIGQUIT', 1_000],
  ['SIGKILL', 2_000],
];

/**
 * Ends a Postgres that outlived its engine, and the children of a Postgres that was killed. To be called with the engine lock held: then nobody
 * else has a right to the folder. Whatever has only got the same process id by now is left alone, and its stale pid file removed.
 */
export async function stopOrphans(folder: DataFolder, log: (line: string) => void): Promise<void> {
  const recorded = await readPidFile(folder);
  if (recorded !== null && isPostgresOn(folder.cluster, recorded.pid)) {
    log(`stopping process ${recorded.pid}, a Postgres that a former engine left on ${folder.root}`);
    await end([recorded.pid], FOR_SERVER, folder);
  }
  const children = postgresProcessesIn(folder.cluster);
  if (children.length > 0) {
    log(`ending ${children.length} processes of a Postgres that was killed on ${folder.root}`);
    await end(children, FOR_CHILDREN, folder);
  }
  // Postgres itself would take any living process with that id for a server.
  if (process.platform === 'win32') return;
  if (recorded !== null) await removePidFile(folder);
  await removeSockets(folder);
}

async function end(pids: number[], steps: Step[], folder: DataFolder): Promise<void> {
  for (const [signal, patience] of steps) {
    for (const pid of pids) if (isPostgresOn(folder.cluster, pid)) sendSignal(pid, signal);
    for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(10)) {
      if (pids.every((pid) => processIdentity(pid) === undefined)) return;
    }
  }
  throw new EmbeddedServerError(
    `A Postgres that a former engine left on ${folder.root} does not end (process ${pids.join(', ')}): end it by hand and start again.`,
  );
}
