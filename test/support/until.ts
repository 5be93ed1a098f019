import { setTimeout as pause } from 'node:timers/promises';

/** Waits until a condition holds, and gives what it gave; fails with its name when it doesn't in time. */
export async function until<T>(what: string, holds: () => T | Promise<T>, patienceMs = 10_000): Promise<Exclude<T, false | null | undefined>> {
  for (const deadline = performance.now() + patienceMs; ; await pause(10)) {
    const held = await holds();
    if (held) return held as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
  }
}
