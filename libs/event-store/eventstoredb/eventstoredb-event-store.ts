import { setTimeout as pause } from 'node:timers/promises';
import {
  type AppendOutcome,
  type EventPage,
  type EventStore,
  LogNotEmpty,
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
import { Appender } from './appender';
import { whatFailed } from './failures';
import { News } from './news';
import { readAll, readHead } from './read-log';
import { readStream, type StreamRange } from './read-stream';
import { restoreInto } from './restore';
import { Restoring } from './restoring';
import { loadSnapshot, saveSnapshot } from './snapshots';
import { Wire } from './wire';

export interface EventStoreDbOptions {
  /** `esdb://…`, as for any client of EventStoreDB: it says where, as whom, with what certificates. */
  url: string;
  /** Milliseconds after which a call gives up with StoreUnavailable. Default 3000: a busy server is silent for a second now and then. */
  deadline?: number;
  /** Told of every append. */
  onAppend?: (stats: { durationMs: number; events: number; streams: number }) => void;
}

const DEFAULT_PAGE = 500;
/** Events of a log that should be empty are counted no further. */
const COUNTED = 10_000;
/** Milliseconds between questions for news while a subscriber sleeps, should the live subscription be silent. */
const POLL = 750;

/** The log in EventStoreDB. A process has one: its client does not stand another beside it. */
export class EventStoreDbEventStore implements EventStore {
  /** What was acknowledged a majority of the servers has, and a backup is brought back while the engines are stopped (docs/operations.md). */
  readonly epoch = 0;
  readonly #wire: Wire;
  readonly #appender: Appender;
  readonly #head: SharedQuestion<number>;
  readonly #doorbell: Doorbell;
  readonly #news: News;
  readonly #restoring: Restoring;
  readonly #closing = new AbortController();

  private constructor(private readonly options: EventStoreDbOptions) {
    const { url, deadline = 3_000 } = options;
    this.#wire = new Wire(url, deadline);
    this.#head = new SharedQuestion(() => readHead(this.#wire), deadline);
    this.#restoring = new Restoring(this.#wire);
    this.#appender = new Appender(this.#wire, () => this.head());
    this.#doorbell = new Doorbell(() => this.head(), POLL);
    const ring = (position: number): void => this.#doorbell.ring(position);
    this.#news = new News(this.#wire, ring, () => void this.#doorbell.ask());
  }

  /** @throws StoreUnavailable when the server can't be reached, or does not let this user read the log */
  static async open(options: EventStoreDbOptions): Promise<EventStoreDbEventStore> {
    const store = new EventStoreDbEventStore(options);
    try {
      await store.head();
      return store;
    } catch (error) {
      await store.close();
      throw whatFailed(error) === 'refused' ? new StoreUnavailable('none', error) : error;
    }
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendOutcome[]> {
    const streams = new Set(appends.map(({ stream }) => stream));
    if (streams.size < appends.length) throw new TypeError('A stream may be named once per call.');
    // What can't be written, such as a bigint, must not fail half-way through.
    for (const { events } of appends) JSON.stringify(events);
    return Promise.all(appends.map((append) => this.#append(append)));
  }

  /** The server has nothing that could be waited for: writers race, and the expected revision decides. */
  takeTurn(): Promise<Turn | null> {
    return Promise.resolve(null);
  }

  async readStream(stream: string, options: StreamRange = {}): Promise<RecordedEvent[]> {
    if (await this.#restoring.isUnderWay()) return [];
    return readStream(this.#wire, stream, options);
  }

  async readAll({ after, limit = DEFAULT_PAGE, filter }: Parameters<EventStore['readAll']>[0]): Promise<EventPage> {
    if (await this.#restoring.isUnderWay()) return { events: [], position: after };
    return readAll(this.#wire, { after, limit, filter }, () => this.head());
  }

  subscribe({ after, signal, batchSize = DEFAULT_PAGE, filter }: Parameters<EventStore['subscribe']>[0]): AsyncIterable<EventPage> {
    const read = (position: number): Promise<EventPage> => this.readAll({ after: position, limit: batchSize, filter });
    return subscription(read, this.#doorbell, after, [signal, this.#closing.signal]);
  }

  async head(): Promise<number> {
    if (await this.#restoring.isUnderWay()) return 0;
    const head = await this.#head.ask();
    if (head > 0) this.#restoring.settle();
    return head;
  }

  loadSnapshot(stream: string): Promise<Snapshot | null> {
    return loadSnapshot(this.#wire, stream);
  }

  saveSnapshot(snapshot: Snapshot): Promise<void> {
    return saveSnapshot(this.#wire, snapshot);
  }

  /** What broke off stays hidden until the same events are brought again; other ones need another database. */
  async restore(pages: AsyncIterable<readonly RestoredEvent[]>): Promise<{ events: number; position: number }> {
    if (!(await this.#restoring.isUnderWay())) await this.#beginRestore();
    const events = await restoreInto((append) => this.#appender.add(append), pages);
    await this.#restoring.mark('done');
    const position = await this.head();
    this.#doorbell.ring(position);
    return { events, position };
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#news.close();
    this.#wire.close();
    return Promise.resolve();
  }

  async #beginRestore(): Promise<void> {
    const { events } = await this.readAll({ after: 0, limit: COUNTED });
    if (events.length > 0) throw new LogNotEmpty(events.length);
    await this.#restoring.mark('begun');
    // Whoever began to append before the mark has ended then.
    await pause(this.#wire.deadline);
    if ((await readHead(this.#wire)) === 0) return;
    await this.#restoring.mark('done');
    throw new LogNotEmpty((await this.readAll({ after: 0, limit: COUNTED })).events.length);
  }

  async #append(append: StreamAppend): Promise<AppendOutcome> {
    if (await this.#restoring.isUnderWay()) throw new StoreUnavailable('none', new Error('The log is being restored, or a restore broke off.'));
    const started = performance.now();
    const outcome = await this.#appender.add(append);
    this.#doorbell.ring(outcome.position);
    this.options.onAppend?.({ durationMs: performance.now() - started, events: append.events.length, streams: 1 });
    return outcome;
  }
}
