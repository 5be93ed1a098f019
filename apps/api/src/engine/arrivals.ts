import type { EventStore } from '@coord/event-store/index';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '../http/log';
import { LogFeed } from './log-feed';
import { EVENT_STORE } from './tokens';
import { type Awaited, Watcher } from './watcher';

/** How long somebody waits: milliseconds of the wall clock, and at most until `signal` aborts (see `hangUp`). */
export interface Patience {
  ms: number;
  signal: AbortSignal;
}

/**
 * Lets requests wait for events, whichever instance appends them. Nobody asks the database while waiting: one subscription
 * to the log, asleep until the doorbell rings, serves all that wait in this process; while no one waits there is none. When the
 * engine stops, all are woken at once.
 *
 * Watch first and look afterwards, or what is appended in between is missed: `lookUntil` does both in this order.
 */
@Injectable()
export class Arrivals implements OnModuleDestroy {
  readonly #watchers = new Set<Watcher>();
  #feed: LogFeed | undefined;
  #stopping = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly log: Log,
  ) {}

  /**
   * Looks at once, then whenever something awaited has been appended, and once more when `ms` have passed; not when the engine stops, since what it
   * would look at may be closed by then.
   * `look` has to see what woke it: `ReadModels.read` does.
   * @returns the first look that `isThere` holds for, else the last one
   * @throws StoreUnavailable, and what `look` throws
   */
  async lookUntil<T>(look: () => Promise<T>, isThere: (found: T) => boolean, awaited: Awaited, { ms, signal }: Patience): Promise<T> {
    const end = performance.now() + ms;
    const watcher = await this.watch(awaited, signal);
    try {
      for (let last = watcher.over; ; ) {
        const found = await look();
        if (last || isThere(found)) return found;
        const arrived = await watcher.next(end - performance.now());
        if (signal.aborted || this.#stopping) return found;
        last = !arrived || watcher.over || performance.now() >= end;
      }
    } finally {
      watcher.end();
    }
  }

  /**
   * Notices every event awaited that is appended after this has resolved. Whoever calls it calls `end()` on what it gives.
   * @throws StoreUnavailable
   */
  async watch(awaited: Awaited, signal: AbortSignal): Promise<Watcher> {
    const watcher = new Watcher(awaited, signal, (gone) => this.#left(gone));
    if (this.#stopping) watcher.end();
    if (watcher.over) return watcher;
    this.#watchers.add(watcher);
    this.#feed ??= this.#newFeed();
    this.#feed.include(awaited.types);
    try {
      await this.#feed.ready;
      return watcher;
    } catch (error) {
      watcher.end();
      throw error;
    }
  }

  /** How many wait in this process. */
  get waiting(): number {
    return this.#watchers.size;
  }

  onModuleDestroy(): void {
    this.#stopping = true;
    this.#wakeAll();
  }

  #newFeed(): LogFeed {
    return new LogFeed(this.store, {
      event: (event) => {
        for (const watcher of this.#watchers) watcher.tell(event);
      },
      failed: (error) => {
        this.log.error({ err: error }, 'The log could not be followed; whoever waited for events is answered now');
        this.#wakeAll();
      },
    });
  }

  #wakeAll(): void {
    for (const watcher of this.#watchers) watcher.end();
  }

  #left(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#feed?.close();
    this.#feed = undefined;
  }
}
