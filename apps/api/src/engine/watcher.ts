import type { RecordedEvent } from '@coord/event-store/index';

/** Which events somebody waits for. */
export interface Awaited {
  types: readonly string[];
  /** Must not throw. A match too many costs a look for nothing, one too few leaves a waiter asleep. */
  matches(event: RecordedEvent): boolean;
}

/** Somebody who waits. Remembers what came while he was looking elsewhere. */
export class Watcher {
  #arrived = false;
  #over = false;
  #wake: (() => void) | undefined;
  readonly #types: ReadonlySet<string>;

  constructor(
    private readonly awaited: Awaited,
    private readonly signal: AbortSignal,
    private readonly left: (watcher: Watcher) => void,
  ) {
    this.#types = new Set(awaited.types);
    signal.addEventListener('abort', this.end);
    if (signal.aborted) this.end();
  }

  /** Nothing will come any more: the caller has hung up, the engine stops, or `end` was called. */
  get over(): boolean {
    return this.#over;
  }

  /** Resolves with true when something awaited has come since the last call, with false after `ms` or when it is over. */
  async next(ms: number): Promise<boolean> {
    if (!this.#arrived && !this.#over) await this.#sleep(ms);
    const arrived = this.#arrived;
    this.#arrived = false;
    return arrived;
  }

  tell(event: RecordedEvent): void {
    if (!this.#types.has(event.type) || !this.awaited.matches(event)) return;
    this.#arrived = true;
    this.#wake?.();
  }

  readonly end = (): void => {
    if (this.#over) return;
    this.#over = true;
    this.signal.removeEventListener('abort', this.end);
    this.left(this);
    this.#wake?.();
  };

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
