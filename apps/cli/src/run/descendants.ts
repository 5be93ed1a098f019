import { execFileSync } from 'node:child_process';

/** The processes that a process has started, and those that these have, as far as the system tells (`ps` of POSIX; elsewhere none). */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of processes()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const below = (parent: number): number[] => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** Each with its parent. */
function processes(): [number, number][] {
  try {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...table.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm)].map(([, child, parent]) => [Number(child), Number(parent)]);
  } catch {
    return []; // a system without `ps`: the command itself is ended all the same
  }
}
