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
function worksIn(folder: string, pid: number): boolean {
  try {
    const [wanted, actual] = [statSync(folder), statSync(`/proc/${pid}/cwd`)];
    return wanted.ino === actual.ino && wanted.dev === actual.dev && processIdentity(pid) !== undefined;
  } catch {
    return false;
  }
}

/** Whether the process lives and is a Postgres whose working folder (Linux) or arguments (elsewhere) name this cluster. */
export function isPostgresOn(cluster: string, pid: number): boolean {
  if (processIdentity(pid) === undefined) return false;
  if (process.platform === 'linux') {
    try {
      const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
      return program === 'postgres' && worksIn(cluster, pid);
    } catch {
      return false;
    }
  }
  if (process.platform === 'win32') return false;
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(cluster);
  } catch {
    return false;
  }
}

/** The ids of every process that works in this folder (Linux; elsewhere none are found and Postgres' own check has to do). */
export function processesWorkingIn(folder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(folder, pid));
}
