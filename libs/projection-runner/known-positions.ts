import type { Positions } from './checkpoints';

/**
 * How far the read models are known to be. Checkpoints only move on, but for one case: their commits are not flushed at
 * once, so when Postgres crashes the last ones may be gone, and the read models are back where they were. What is known
 * must therefore be forgotten whenever a connection closes, or a read could be answered from a model that fell back.
 */
export class KnownPositions {
  readonly #positions = new Map<string, number>();
  #epoch = 0;

  /** Grows when what was known is forgotten: what was read between two equal epochs was read from models that did not fall back. */
  get epoch(): number {
    return this.#epoch;
  }

  learn(positions: Positions): void {
    for (const [name, position] of positions) {
      if (position < 0) this.#positions.delete(name);
      else this.#positions.set(name, Math.max(position, this.#positions.get(name) ?? 0));
    }
  }

  forget(): void {
    this.#positions.clear();
    this.#epoch++;
  }

  /** The position that all of these have reached; null when it is unknown for one of them. */
  reachedByAll(names: readonly string[]): number | null {
    let lowest = Number.POSITIVE_INFINITY;
    for (const name of names) {
      const position = this.#positions.get(name);
      if (position === undefined) return null;
      lowest = Math.min(lowest, position);
    }
    return lowest;
  }

  of(names: readonly string[]): Record<string, number | null> {
    return Object.fromEntries(names.map((name) => [name, this.#positions.get(name) ?? null]));
  }
}
