import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { systemCode } from './errors';

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Whether a process with this id exists; of another user's process, too. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/**
 * A word that no two processes share, although ids are used again: made from the boot and the start time.
 * Undefined when no such process lives (one that ended and was not yet waited for counts as dead).
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') {
    // The command's name stands in parentheses and may hold blanks itself; the fields that are wanted come after it.
    const fields = read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ');
    const [state, startTime] = [fields?.[0], fields?.[19]];
    if (state === undefined || state === 'Z' || state === 'X') return undefined;
    const boot = read('/proc/sys/kernel/random/boot_id')?.slice(0, 8) ?? 'boot';
    return `${boot}-${startTime}`;
  }
  if (!exists(pid)) return undefined;
  if (process.platform === 'win32') return 'alive';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).replace(/\W+/g, '-');
  } catch {
    return undefined;
  }
}

/** Compared as what they are and not by name: the same folder can be reached through a link or be mounted twice. */
function worksIn(folder: string, pid: number, programs: string[]): boolean {
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    if (!programs.includes(program)) return false;
    const [wanted, actual] = [statSync(folder), statSync(`/proc/${pid}/cwd`)];
    return wanted.ino === actual.ino && wanted.dev === actual.dev && processIdentity(pid) !== undefined;
  } catch {
    // It has ended meanwhile, or is another user's and so none that was started from here.
    return false;
  }
}

/** Whether the process lives and is a Postgres whose working folder (Linux) or arguments (elsewhere) name this cluster. */
export function isPostgresOn(cluster: string, pid: number): boolean {
  if (process.platform === 'linux') return worksIn(cluster, pid, ['postgres']);
  if (process.platform === 'win32' || processIdentity(pid) === undefined) return false;
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(cluster);
  } catch {
    return false;
  }
}

/** The ids of the processes of Postgres that work in this folder (Linux; elsewhere none are found and Postgres' own check has to do). */
export function postgresProcessesIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => worksIn(folder, pid, ['postgres', 'initdb']));
}

/** Sends a signal to a process, or with a negative id to its group; one that has ended meanwhile is fine. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error;
  }
}
