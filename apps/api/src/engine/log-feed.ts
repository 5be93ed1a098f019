import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, RecordedEvent } from '@coord/event-store/index';

/** Between two pages of a busy log, in ms: what comes meanwhile is read together. The first event after a quiet moment is not kept waiting. */
const BREATH_MS = 10;

/** Tells of what is appended from its beginning on, of the types that were asked for. Sleeps on the store's doorbell. */
export class LogFeed {
  /** Resolves when it stands at the end of the log, from where on nothing is missed. Rejects with StoreUnavailable. */
  readonly ready: Promise<void>;
  readonly #types = new Set<string>();
  #turn = new AbortController();
  #closed = false;

  constructor(
    private readonly store: EventStore,
    private readonly on: { event(event: RecordedEvent): void; failed(error: unknown): void },
  ) {
    this.ready = this.#begin();
  }

  /** Also of these types from now on. */
  include(types: readonly string[]): void {
    const known = this.#types.size;
    for (const type of types) this.#types.add(type);
    if (this.#types.size > known) this.#turn.abort();
  }

  close(): void {
    this.#closed = true;
    this.#turn.abort();
  }

  async #begin(): Promise<void> {
    const position = await this.store.head();
    this.#follow(position).catch((error: unknown) => this.on.failed(error));
  }

  /** One subscription after the other, each from where the last one stood: their filter is set for good. */
  async #follow(from: number): Promise<void> {
    for (let after = from; !this.#closed; ) {
      this.#turn = new AbortController();
      const { signal } = this.#turn;
      for await (const { events, position } of this.store.subscribe({ after, signal, filter: { types: [...this.#types] } })) {
        for (const event of events) this.on.event(event);
        after = position;
        await pause(BREATH_MS, undefined, { signal }).catch(() => undefined);
      }
      if (!signal.aborted) return; // the store has closed
    }
  }
}
