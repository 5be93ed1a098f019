import { setTimeout as pause } from 'node:timers/promises';
import { type EventFilter, type EventStore, StoreUnavailable } from '@coord/event-store/index';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EVENT_STORE } from '../engine/tokens';
import { Log } from '../http/log';
import { Metrics } from '../service/metrics';
import { entryOf, type Piece, RecentEvents } from './recent-events';
import { Turns } from './turns';

/** Events of a page read from the log: what a reader who is behind and slow holds. */
const PAGE = 200;
/** Followers that read old pages at the same time: the store has others to serve. */
const READERS = 2;
const RETRY_MS = 250;

export interface FollowOptions {
  /** The end of the log, asked for just now. */
  head: number;
  /** What the store may leave out of old pages; recent pieces hold everything. */
  filter?: EventFilter;
  /** After so many milliseconds without news comes a piece without events. */
  beatMs: number;
  signal: AbortSignal;
}

interface Run {
  readonly recent: RecentEvents;
  readonly end: AbortController;
}

/**
 * The log as it goes on, for any number of followers in this process. One subscription, asleep until there is news, fills a
 * bounded memory of recent events, from which each follower pulls at its own pace. Who is further behind than the memory
 * reaches reads pages of the log until it has caught up. Both go by positions, so nothing is lost or doubled in between. A
 * follower that does not pull costs no more than the piece it holds. While no one follows there is no subscription.
 */
@Injectable()
export class LiveLog implements OnModuleDestroy {
  readonly #turns = new Turns(READERS);
  readonly #stopping = new AbortController();
  #followers = 0;
  #run: Run | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  get followers(): number {
    return this.#followers;
  }

  /** Everything after a position, then what comes. Ends when `signal` aborts or the engine stops; a database that is away only delays it. */
  async *follow(after: number, { head, filter, beatMs, signal }: FollowOptions): AsyncGenerator<Piece, void> {
    if (this.#stopping.signal.aborted) return;
    const ending = new AbortController();
    const end = (): void => ending.abort();
    for (const one of [signal, this.#stopping.signal]) one.addEventListener('abort', end);
    if (signal.aborted) end();
    const { recent } = this.#join(head);
    try {
      for (let position = after; !ending.signal.aborted; ) {
        const piece = (position < recent.start ? await this.#older(position, filter, ending.signal) : recent.after(position)) ?? null;
        if (piece === null) await recent.news(position, beatMs, ending.signal);
        if (ending.signal.aborted) return;
        const next = piece ?? recent.after(position) ?? { entries: [], position };
        position = next.position;
        yield next;
      }
    } finally {
      for (const one of [signal, this.#stopping.signal]) one.removeEventListener('abort', end);
      this.#leave();
    }
  }

  onModuleDestroy(): void {
    this.#stopping.abort();
  }

  /** A page of the log; one without events and without progress where the database is away. */
  async #older(after: number, filter: EventFilter | undefined, signal: AbortSignal): Promise<Piece> {
    try {
      const { events, position } = await this.#turns.take(() => this.store.readAll({ after, limit: PAGE, filter }));
      return { entries: events.map(entryOf), position };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      return { entries: [], position: after };
    }
  }

  #join(head: number): Run {
    this.#followers += 1;
    this.metrics.eventStreams(this.#followers);
    this.#run ??= this.#start(head);
    return this.#run;
  }

  #leave(): void {
    this.#followers -= 1;
    this.metrics.eventStreams(this.#followers);
    if (this.#followers > 0) return;
    this.#run?.end.abort();
    this.#run = undefined;
  }

  #start(head: number): Run {
    const run = { recent: new RecentEvents(head), end: new AbortController() };
    void this.#fill(run);
    return run;
  }

  async #fill({ recent, end: { signal } }: Run): Promise<void> {
    while (!signal.aborted && !this.#stopping.signal.aborted) {
      try {
        for await (const page of this.store.subscribe({ after: recent.end, signal })) recent.push(page);
        return;
      } catch (error) {
        this.log.error({ err: error }, 'The log could not be followed; trying on');
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
