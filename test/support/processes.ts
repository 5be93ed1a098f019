import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Set in the environment of a test file: its children inherit it, and keep it when their own parent dies. */
const MARK = 'COORD_TEST_FILE_MARK';

export interface Process {
  pid: number;
  command: string;
}

/** Marks this process as the parent of what a test file will start. Call it before the file runs. */
export function markTestFile(): { mark: string; before: ReadonlySet<number> } {
  const mark = randomUUID();
  process.env[MARK] = mark;
  return { mark, before: new Set(descendants(mark).map(({ pid }) => pid)) };
}

/**
 * The processes that a test file left behind: children of this process and of their children, and orphans that carry its
 * mark. Gives processes that are on their way out two seconds. Knows only systems with `/proc`; elsewhere it finds nothing.
 */
export async function leftBehind({ mark, before }: { mark: string; before: ReadonlySet<number> }): Promise<Process[]> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const left = descendants(mark).filter(({ pid }) => !before.has(pid));
    if (left.length === 0 || Date.now() > deadline) return left;
    await pause(50);
  }
}

function descendants(mark: string): Process[] {
  if (!existsSync('/proc/self/stat')) return [];
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const parent = Number.isInteger(pid) ? livingParent(pid) : undefined;
    if (parent !== undefined) parents.set(pid, parent);
  }
  const ours = (pid: number): boolean => pid === process.pid || (parents.has(pid) && ours(parents.get(pid) ?? 0));
  return [...parents.keys()]
    .filter((pid) => pid !== process.pid && (ours(pid) || read(pid, 'environ').includes(`${MARK}=${mark}`)))
    .map((pid) => ({ pid, command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

/** The parent of a process; undefined when it has ended, also when it only waits to be reaped. */
function livingParent(pid: number): number | undefined {
  const [state, parent] = read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return state === undefined || parent === undefined || state === 'Z' || state === 'X' ? undefined : Number(parent);
}

/** Empty when the process has ended meanwhile or belongs to another user. */
function read(pid: number, file: 'stat' | 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
