import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A process above this one. */
export interface Process {
  pid: number;
  ppid: number;
  name: string;
  /** With the pid it names the process for good: numbers come again. */
  started: string;
  /** It leads a terminal: a shell that somebody types into. */
  leadsTerminal: boolean;
}

/** The process `pid` and those above it, the nearest first; empty where the system does not tell. */
export function ancestry(pid: number): Process[] {
  const look = process.platform === 'linux' ? inProc : byPs();
  const chain: Process[] = [];
  for (let at = look(pid); at && chain.length < 64; at = look(at.ppid)) chain.push(at);
  return chain;
}

/** Linux: `/proc/<pid>/stat`, whose second field is a name in brackets that may hold anything (proc(5)). */
function inProc(pid: number): Process | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const [, ppid, , session, tty, ...rest] = text.slice(end + 2).split(' ');
    return {
      pid,
      ppid: Number(ppid),
      name: text.slice(text.indexOf('(') + 1, end),
      started: rest[14] ?? '',
      leadsTerminal: Number(session) === pid && tty !== '0',
    };
  } catch {
    return null; // it has ended, or there is none: the chain ends here
  }
}

const PS_LINE = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/;

/** Elsewhere, as on macOS: one look at all processes. */
function byPs(): (pid: number) => Process | null {
  const all = new Map(processesIn(listing()).map((one) => [one.pid, one]));
  return (pid) => all.get(pid) ?? null;
}

function listing(): string {
  try {
    const columns = ['pid', 'ppid', 'stat', 'tty', 'lstart', 'comm'].flatMap((column) => ['-o', `${column}=`]);
    return execFileSync('ps', ['-A', ...columns], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // no ps: nobody is remembered by their processes
  }
}

/** The lines of `ps -A -o pid= -o ppid= -o stat= -o tty= -o lstart= -o comm=`. */
export const processesIn = (listing: string): Process[] =>
  listing.split('\n').flatMap((line) => {
    const [, pid, ppid, stat = '', tty = '', started = '', command = ''] = PS_LINE.exec(line) ?? [];
    if (pid === undefined) return [];
    const leadsTerminal = stat.includes('s') && /[a-z]/i.test(tty);
    return [{ pid: Number(pid), ppid: Number(ppid), name: basename(command.trim()), started, leadsTerminal }];
  });
