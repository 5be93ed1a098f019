// What a server and its Postgres take of the processors. The rate says what a machine gives, this what the code asks of it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds for each of Linux's clock ticks (`getconf CLK_TCK`). */
const TICK = 10;

/** `{parent, ms}` of a process, with what its ended children took (proc_pid_stat(5)). */
function processOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // behind the name of the program, which may hold anything
  const [, parent, ...rest] = stat
    .slice(stat.lastIndexOf(') ') + 2)
    .split(' ')
    .map(Number);
  return { parent, ms: rest.slice(9, 13).reduce((sum, ticks) => sum + ticks, 0) * TICK };
}

/** All processes by their ids. */
function all() {
  const processes = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      processes.set(Number(pid), processOf(pid));
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error; // it has ended meanwhile
    }
  }
  return processes;
}

/** Milliseconds of processor time that a Node process and the embedded Postgres in its folder have taken so far; null where there is no /proc. */
export function processorTime(pid, dataDir) {
  if (!existsSync('/proc/self/stat')) return null;
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  let sum = 0;
  for (const [one, { parent, ms }] of all()) if (one === pid || one === postmaster || parent === postmaster) sum += ms;
  return sum;
}
