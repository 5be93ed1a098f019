import { statSync } from 'node:fs';
import { unlessGone } from './durable-files';

/** What cannot be read may be half written: this long it may stay as it is before it counts as finished. */
export const MOMENT_MS = 1_000;

/** Gives those who still write a moment. */
export class Settling {
  readonly #seen = new Map<string, { as: string; since: number }>();
  /** Whether something was given a moment since `begin`. */
  pending = false;

  begin(): void {
    this.pending = false;
  }

  /** Whether a file has been as it is for a moment. */
  settled(path: string): boolean {
    const stat = unlessGone(() => statSync(path));
    if (!stat) return false;
    const as = `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
    const seen = this.#seen.get(path);
    if (seen?.as !== as) this.#seen.set(path, { as, since: performance.now() });
    const since = seen?.as === as ? seen.since : performance.now();
    const over = performance.now() - since >= MOMENT_MS || Date.now() - stat.mtimeMs >= MOMENT_MS;
    if (over) this.#seen.delete(path);
    else this.pending = true;
    return over;
  }
}
