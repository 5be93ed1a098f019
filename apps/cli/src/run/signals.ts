import type { Child } from './child';

/** Those that mean the command. What a terminal says by a key it says to the command itself, too. */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;
const BY_KEY: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/** The signals that this process gets: before the command runs they end the waiting for its lock, then they are the command's. */
export class Signals {
  readonly #interrupted = new AbortController();
  readonly #listeners = FORWARDED.map((name) => ({ name, listener: () => this.#receive(name) }));
  #child: Child | null = null;
  received: NodeJS.Signals | null = null;

  constructor() {
    for (const { name, listener } of this.#listeners) process.on(name, listener);
  }

  /** Aborted by the first signal. */
  get interrupt(): AbortSignal {
    return this.#interrupted.signal;
  }

  forwardTo(child: Child): void {
    this.#child = child;
  }

  close(): void {
    for (const { name, listener } of this.#listeners) process.removeListener(name, listener);
  }

  #receive(name: NodeJS.Signals): void {
    this.received = name;
    this.#interrupted.abort();
    if (this.#child && !(BY_KEY.has(name) && this.#child.onTerminal)) this.#child.signal(name);
  }
}
