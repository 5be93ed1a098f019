/**
 * The port that every store adapter implements. `contract/` holds the suite that says what each promise means.
 *
 * Revisions count a stream's events from 0. A position is the place of an event in the whole log: a decimal integer
 * below 2^53 that grows from event to event.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** What is known of an event beside its data: who, when, why. */
export interface EventMetadata {
  /** The session whose command it was; null for the engine itself (an expiry, a delivery). */
  actor: string | null;
  /** When it was decided, ISO 8601 UTC with milliseconds. */
  at: string;
  project_key: string | null;
  /** The event or request that led to it. */
  causation_id: string | null;
  correlation_id: string | null;
  /** The version of the shape of `data`, for upcasters. */
  schema: number;
  /** When a replayed write was meant (`Coord-Intended-At`). */
  intended_at?: string;
  idempotency?: IdempotencyRecord;
}

/** What a stream remembers of a command that came with an `Idempotency-Key`. */
export interface IdempotencyRecord {
  /** Session, method, path and key, hashed to one string. */
  scope: string;
  /** Hash of the body, compared as JSON. */
  body: string;
  /** The answer that was given. */
  answer: { status: number; body: JsonValue };
}

export interface NewEvent {
  /** A UUID. Appending the same id again at the same expected revision writes nothing and succeeds. */
  id: string;
  type: string;
  data: JsonObject;
  metadata: EventMetadata;
}

export interface RecordedEvent extends NewEvent {
  stream: string;
  revision: number;
  position: number;
}

/** An event of another log. */
export type RestoredEvent = Omit<RecordedEvent, 'position'>;

/** `none`: the stream must not exist; `any`: no matter; a number: the revision of its last event. */
export type ExpectedRevision = number | 'none' | 'any';

export interface StreamAppend {
  stream: string;
  expected: ExpectedRevision;
  /** Written together or not at all. Empty: only checks the expected revision. */
  events: readonly NewEvent[];
}

export type AppendOutcome =
  /** On disk. `revision` and `position` are those of the last event; of an empty append, of the stream (-1: it does not exist) and of the log. `contended`: another writer has the turn at the stream. */
  | { outcome: 'appended'; revision: number; position: number; contended?: boolean }
  /** Nothing was written. `revision` is the stream's (-1: it does not exist), `position` the head of the log. */
  | { outcome: 'conflict'; revision: number; position: number };

export interface EventFilter {
  /** Event types to keep. */
  types?: readonly string[];
  /** Keep streams whose name begins with one of these. */
  streamPrefixes?: readonly string[];
}

export interface EventPage {
  events: RecordedEvent[];
  /** Everything up to this position has been looked at: ask on from here. */
  position: number;
}

export interface Snapshot {
  stream: string;
  revision: number;
  /** The version of the shape of `state`; one that the reader does not know is ignored. */
  schema: number;
  state: JsonValue;
}

/**
 * The turn at a stream, for writers whose appends would refuse each other all the time. A courtesy, never a guarantee: it may have ended
 * when its holder appends, and who does not take turns writes all the same. What may be written, the expected revision alone decides.
 */
export interface Turn {
  /** What the stream holds behind the revision that was known, as of the beginning of the turn; where it is much, its first part. */
  readonly events: readonly RecordedEvent[];
  /** Appends to the stream as `EventStore.append` does, and then the turn has ended: the next one to have it sees what was written. Once. */
  append(expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendOutcome>;
  /** Ends the turn, if it hasn't ended yet. */
  giveBack(): void;
}

export interface EventStore {
  /**
   * Grows when a connection to the log is lost. The server that answers next may lack the end of it (a standby that lagged behind, an older
   * backup), so what was kept of the log until then is read anew.
   */
  readonly epoch: number;
  /**
   * Appends to many streams in one call, each with its own expected revision and its own outcome, in the order given.
   * A stream may be named once per call. Resolves when everything that succeeded is durable. A lost answer is resolved
   * inside, by repeating the same ids.
   * @throws StoreUnavailable when the store can't be reached, or the outcome can't be found out.
   */
  append(appends: readonly StreamAppend[]): Promise<AppendOutcome[]>;
  /**
   * Waits until no other writer has the turn at a stream, in this process or another. Null where no turn can be had: others have had it for
   * too long (some 250 ms: they may have stopped), too many wait in this process, or the store has no turns. Go on without one, then,
   * and ask again some seconds later. Never rejects.
   * @param known the revision up to which the caller has the stream; -1: nothing
   */
  takeTurn(stream: string, known: number): Promise<Turn | null>;
  /** A stream's events from revision `from` on (inclusive), up to `limit`; backwards from `from` (default: its end) down. Empty for an unknown stream. */
  readStream(stream: string, options?: { from?: number; direction?: 'forwards' | 'backwards'; limit?: number }): Promise<RecordedEvent[]>;
  /**
   * Events of the whole log after position `after` (exclusive), oldest first, up to `limit` (default 500). A page may end
   * earlier, where events are large or few pass the filter: the end of the log is where `position` doesn't move on.
   */
  readAll(options: { after: number; limit?: number; filter?: EventFilter }): Promise<EventPage>;
  /**
   * Everything after `after`, then what comes, in pages of at most `batchSize`; a page is never empty of news: its
   * `position` moves on. Pull-based: a slow reader costs the store nothing. Ends when `signal` aborts or the store closes; survives lost connections.
   */
  subscribe(options: { after: number; signal: AbortSignal; batchSize?: number; filter?: EventFilter }): AsyncIterable<EventPage>;
  /** The position of the last event, 0 for an empty log. Questions asked at the same time share one round trip; an answer never predates its question. */
  head(): Promise<number>;
  loadSnapshot(stream: string): Promise<Snapshot | null>;
  /** Keeps the newest snapshot of a stream. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /**
   * Fills an empty log with the events of another one, in the order given and with everything that they had; positions count
   * from 1. All or nothing: until it resolves nobody sees any of them, and what appends meanwhile waits, or meets StoreUnavailable.
   * @param pages taken one by one, as fast as they can be written
   * @throws LogNotEmpty, RestoreRefused, StoreUnavailable, what `pages` throws; then nothing was written
   */
  restore(pages: AsyncIterable<readonly RestoredEvent[]>): Promise<{ events: number; position: number }>;
  /** Within a second. Subscriptions end, calls that are pending or come later are rejected with StoreUnavailable. */
  close(): Promise<void>;
}

/** The store can't be reached in time. `outcome` says whether a write may have gone through. */
export class StoreUnavailable extends Error {
  constructor(
    readonly outcome: 'none' | 'unknown',
    cause?: unknown,
  ) {
    super('The event store is unavailable.', { cause });
    this.name = 'StoreUnavailable';
  }
}

/** There are events already, where there should be none. */
export class LogNotEmpty extends Error {
  constructor(readonly events: number) {
    super(`The log holds ${events} events.`);
    this.name = 'LogNotEmpty';
  }
}

/** An event can't be in a log together with those before it. */
export class RestoreRefused extends Error {
  constructor(
    /** Which of the events, from 1. */
    readonly ordinal: number,
    readonly reason: string,
  ) {
    super(`Event ${ordinal}: ${reason}.`);
    this.name = 'RestoreRefused';
  }
}
