/** Wakes readers that have read everything. It may ring for nothing, and a ring that got lost is made up for by asking. */
export class Doorbell {
  #head = -1;
  readonly #sleepers = new Map<() => void, number>();
  #timer: NodeJS.Timeout | undefined;
  #missed = false;

  constructor(
    /** Asks for the position of the last event. */
    private readonly head: () => Promise<number>,
    /** Milliseconds between questions while somebody sleeps. */
    private readonly interval: number,
  ) {}

  /** Something was written up to this position. */
  ring(position: number): void {
    this.#head = Math.max(this.#head, position);
    for (const [wake, after] of this.#sleepers) if (after < this.#head) wake();
  }

  /** Something may have been written: asks what, or has the next sleeper ask. */
  async ask(): Promise<void> {
    this.#missed = this.#sleepers.size === 0;
    if (this.#missed) return;
    try {
      this.ring(await this.head());
    } catch {
      // The store is out of reach. The next question comes in a moment, and what wants to read meets the failure itself.
    }
  }

  /** Resolves when there is something after this position, or when `signal` aborts. */
  sleep(after: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || after < this.#head) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        if (this.#sleepers.size === 0) {
          clearInterval(this.#timer);
          this.#timer = undefined;
        }
        resolve();
      };
      this.#sleepers.set(wake, after);
      signal.addEventListener('abort', wake);
      this.#timer ??= setInterval(() => void this.ask(), this.interval);
      if (this.#missed) void this.ask();
    });
  }
}
