/** Between two notifications, in ms. */
const GRAIN_MS = 20;

/**
 * Tells other processes that something was written: at once, and then at most every few milliseconds. In every append it
 * would wake each listener's server process and each listener as often as there are appends, which costs a small machine more
 * than the appends themselves. One that gets lost is made up for by the listeners' own questions.
 */
export class Announcer {
  #next = 0;
  #position = 0;
  #due: NodeJS.Timeout | undefined;

  /** `notify` must not throw. */
  constructor(private readonly notify: (position: number) => void) {}

  /** Something was written, up to `position`. */
  wrote(position: number): void {
    const now = performance.now();
    this.#position = Math.max(this.#position, position);
    if (this.#due) return;
    if (now >= this.#next) this.#announce(now);
    else this.#due = setTimeout(() => this.#announce(performance.now()), this.#next - now);
  }

  close(): void {
    clearTimeout(this.#due);
  }

  #announce(now: number): void {
    this.#due = undefined;
    this.#next = now + GRAIN_MS;
    this.notify(this.#position);
  }
}
