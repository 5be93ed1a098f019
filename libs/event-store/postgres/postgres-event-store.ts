import { join } from 'node:path';
import {
  type AppendOutcome,
  type EventFilter,
  type EventPage,
  type EventStore,
  type RecordedEvent,
  type RestoredEvent,
  type Snapshot,
  StoreUnavailable,
  type StreamAppend,
  type Turn,
} from '../event-store';
import { Doorbell } from '../following/doorbell';
import { SharedQuestion } from '../following/shared-question';
import { subscription } from '../following/subscription';
import { Announcer } from './announcer';
import { callAppend, type EncodedAppend, encode } from './append-call';
import { connect } from './connect';
import { whatFailed } from './failures';
import { Gatherer } from './gather';
import { migrate } from './migrate';
import { type Attempt, Pool } from './pool';
import { readAll, readStream, type StreamRange } from './read-log';
import { RecentEvents } from './recent-events';
import { restore } from './restore';
import { loadSnapshot, saveSnapshot } from './snapshots';
import { Turns } from './turns';

export interface PostgresEventStoreOptions {
  /** Connection string. The log lives in the schema `log` of its database. */
  url: string;
  /** How its connections are called in `pg_stat_activity`. */
  applicationName?: string;
  /** Milliseconds after which a call gives up with StoreUnavailable. Default 2000. */
  deadline?: number;
  /** Told of every call that appended, which may carry the appends of many callers. */
  onAppend?: (stats: AppendStats) => void;
}

export interface AppendStats {
  durationMs: number;
  events: number;
  streams: number;
}

const DEFAULT_PAGE = 500;
/** Milliseconds between questions for news while a subscriber sleeps, should a notification get lost. */
const POLL = 750;

/** The log in Postgres: five connections at most, whatever the number of callers, and two more where several instances write to the same streams. */
export class PostgresEventStore implements EventStore {
  epoch = 0;
  readonly #writes: Pool;
  readonly #reads: Pool;
  readonly #gatherer: Gatherer;
  readonly #head: SharedQuestion<number>;
  readonly #doorbell: Doorbell;
  readonly #listener: ReturnType<typeof connect>;
  readonly #announcer: Announcer;
  readonly #recent = new RecentEvents();
  readonly #turns: Turns;
  readonly #closing = new AbortController();

  private constructor(private readonly options: PostgresEventStoreOptions) {
    const { url, applicationName = 'coord', deadline = 2000 } = options;
    const onClose = (): void => {
      this.epoch += 1;
      this.#recent.clear();
    };
    this.#writes = new Pool({ url, applicationName: `${applicationName} writes`, max: 1, onClose }, deadline);
    this.#reads = new Pool({ url, applicationName: `${applicationName} reads`, max: 3, onClose }, deadline);
    const listens = { applicationName: `${applicationName} listens`, max: 1, connectTimeout: deadline / 1000, statementTimeout: 0 };
    this.#listener = connect({ url, ...listens, onClose });
    this.#gatherer = new Gatherer(
      (appends) => this.#call(appends),
      () => this.#writes.attempt((sql) => sql`select 1`).answer,
      deadline,
    );
    this.#turns = new Turns({
      ...{ url, applicationName: `${applicationName} turns`, deadline },
      met: (events, bytes) => this.#recent.read(events, bytes),
      lost: onClose,
      appended: (append, outcome, started) => (outcome ? this.#report([append], [outcome], started) : this.#recent.clear()),
      otherwise: (append, tried) => this.#gatherer.add(append, tried),
    });
    this.#head = new SharedQuestion(() => this.#askHead(), deadline);
    this.#doorbell = new Doorbell(() => this.head(), POLL);
    this.#announcer = new Announcer((position) => this.#notify(position));
  }

  /**
   * Connects, and brings the schema `log` up to date.
   * @throws StoreUnavailable when the server can't be reached
   */
  static async open(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const { url, applicationName = 'coord', deadline = 2000 } = options;
    const migrating = connect({ url, applicationName: `${applicationName} migrates`, max: 1, connectTimeout: deadline / 1000, statementTimeout: 0 });
    const store = new PostgresEventStore(options);
    try {
      await migrate(migrating.sql, { folder: join(__dirname, 'migrations'), schema: 'log' });
      await store.#listen();
      return store;
    } catch (error) {
      await store.close();
      throw whatFailed(error, true) === 'refused' ? error : new StoreUnavailable('none', error);
    } finally {
      await migrating.end(0.5);
    }
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendOutcome[]> {
    const streams = new Set(appends.map(({ stream }) => stream));
    if (streams.size < appends.length) throw new TypeError('A stream may be named once per call.');
    return Promise.all(appends.map(encode).map((append) => this.#gatherer.add(append)));
  }

  /** Not behind a pooler that gives each transaction another session: nobody would give the turn back (docs/operations.md). */
  takeTurn(stream: string, known: number): Promise<Turn | null> {
    return this.#turns.take(stream, known);
  }

  readStream(stream: string, options: StreamRange = {}): Promise<RecordedEvent[]> {
    return readStream(this.#reads, stream, options);
  }

  readAll({ after, limit = DEFAULT_PAGE, filter }: { after: number; limit?: number; filter?: EventFilter }): Promise<EventPage> {
    return readAll(this.#reads, { after, limit, filter });
  }

  subscribe({ after, signal, batchSize = DEFAULT_PAGE, filter }: Parameters<EventStore['subscribe']>[0]): AsyncIterable<EventPage> {
    const read = async (position: number): Promise<EventPage> =>
      (filter ? null : this.#recent.after(position, batchSize)) ?? this.readAll({ after: position, limit: batchSize, filter });
    return subscription(read, this.#doorbell, after, [signal, this.#closing.signal]);
  }

  head(): Promise<number> {
    return this.#head.ask();
  }

  loadSnapshot(stream: string): Promise<Snapshot | null> {
    return loadSnapshot(this.#reads, stream);
  }

  saveSnapshot(snapshot: Snapshot): Promise<void> {
    return saveSnapshot(this.#reads, snapshot);
  }

  async restore(pages: AsyncIterable<readonly RestoredEvent[]>): Promise<{ events: number; position: number }> {
    const { url, applicationName = 'coord', deadline = 2000 } = this.options;
    const name = `${applicationName} restores`;
    const client = connect({ url, applicationName: name, max: 1, connectTimeout: deadline / 1000, statementTimeout: 0, once: true });
    const events = await restore(client, pages, this.#closing.signal);
    this.#doorbell.ring(events);
    this.#announcer.wrote(events);
    return { events, position: events };
  }

  /** Ends subscriptions and waiting calls at once; what is under way has half a second. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#gatherer.close();
    this.#announcer.close();
    await Promise.all([this.#turns.close(), this.#writes.close(), this.#reads.close(), this.#listener.end(0)]);
  }

  /** postgres.js listens again after every lost connection; what was missed meanwhile is asked for then. */
  async #listen(): Promise<void> {
    const written = (payload: string): void => (/^\d{1,16}$/.test(payload) ? this.#doorbell.ring(Number(payload)) : void this.#doorbell.ask());
    await this.#listener.sql.listen('coord_log', written, () => void this.#doorbell.ask());
  }

  #call(appends: readonly EncodedAppend[]): Attempt<AppendOutcome[]> {
    const started = performance.now();
    const { answer, ...attempt } = callAppend(this.#writes, appends);
    const reported = answer.then(
      (outcomes) => this.#report(appends, outcomes, started),
      (error: unknown) => {
        this.#recent.clear();
        throw error;
      },
    );
    return { answer: reported, ...attempt };
  }

  #report(appends: readonly EncodedAppend[], outcomes: AppendOutcome[], started: number): AppendOutcome[] {
    const position = Math.max(...outcomes.map((outcome) => outcome.position));
    this.#recent.wrote(appends, outcomes);
    this.#doorbell.ring(position);
    const events = appends.reduce((sum, append) => sum + append.events.length, 0);
    if (events > 0) this.#announcer.wrote(position);
    this.options.onAppend?.({ durationMs: performance.now() - started, events, streams: appends.length });
    return outcomes;
  }

  /** Not in the append's own transaction, so that a busy log does not ring all the time. */
  #notify(position: number): void {
    this.#reads
      .attempt((sql) => sql`select pg_notify('coord_log', ${String(position)})`)
      .answer.catch(() => {
        // the server is away, and whoever listens will ask by himself
      });
  }

  async #askHead(): Promise<number> {
    const [row] = await this.#reads.ask((sql) => sql<{ head: number }[]>`select coalesce(max(position), 0) as head from log.events`);
    return row?.head ?? 0;
  }
}
