import { type AppendOutcome, type RecordedEvent, StoreUnavailable, type Turn } from '../event-store';
import { type EncodedAppend, encode, type OutcomeRow, toOutcome } from './append-call';
import { arrayOf, linesOf } from './array-types';
import type { Tried } from './gather';
import { Pool } from './pool';

/** Of one instance; a connection has one turn at a time, so that no two instances wait for each other. */
const CONNECTIONS = 2;
/** Milliseconds: the server gives up waiting for the turn earlier (0003_turns.sql). */
const TAKEN_WITHIN = 500;
/** Events that come with a turn; whoever is further behind meets a conflict and reads on. */
const MOST_EVENTS = 500;
const MOST_BYTES = 1024 * 1024;

export interface TurnOptions {
  url: string;
  applicationName: string;
  /** Milliseconds that a call waits at most. */
  deadline: number;
  /** Events of others that were read with a turn, and roughly how large they are. */
  met(events: readonly RecordedEvent[], bytes: number): void;
  /** An append went out in a turn; `null`: what became of it is not known. */
  appended(append: EncodedAppend, outcome: AppendOutcome | null, started: number): void;
  /** A connection has closed. */
  lost(): void;
  /** Appends without a turn. */
  otherwise(append: EncodedAppend, tried: Tried): Promise<AppendOutcome>;
}

/** Turns at streams: session locks of Postgres, on connections of their own, since a connection that waits for one does nothing else. */
export class Turns {
  readonly #pools: Pool[] = [];
  #free: Pool[] = [];
  #closed = false;

  constructor(private readonly options: TurnOptions) {}

  /** Resolves with null when somebody has it for too long, when all connections are in use, or the server is away. */
  async take(stream: string, known: number): Promise<Turn | null> {
    const pool = this.#connection();
    if (!pool) return null;
    try {
      const take = pool.attempt(
        (sql) => sql<EventRow[]>`select * from log.take_turn(${stream}, ${known}, ${MOST_EVENTS}, ${MOST_BYTES})`,
        TAKEN_WITHIN,
      );
      const rows = await take.answer;
      const events = rows.map(({ bytes: _, ...event }) => ({ stream, ...event }));
      this.options.met(events, rows.at(-1)?.bytes ?? 0);
      return this.#held(pool, stream, events);
    } catch {
      this.#release(pool); // it may come too late; why it didn't come the append will meet, if it is worth telling
      return null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }

  #held(pool: Pool, stream: string, events: RecordedEvent[]): Turn {
    let held = true;
    const end = (): void => {
      if (!held) throw new StoreUnavailable('none', new Error(`The turn at ${stream} was given back already.`));
      held = false;
    };
    return {
      events,
      append: async (expected, written) => {
        end();
        try {
          return this.#append(pool, encode({ stream, expected, events: written }));
        } catch (error) {
          this.#release(pool); // it can't be written as JSON
          throw error;
        }
      },
      giveBack: () => {
        if (held) this.#release(pool);
        held = false;
      },
    };
  }

  async #append(pool: Pool, append: EncodedAppend): Promise<AppendOutcome> {
    const started = performance.now();
    const { stream, expected, events } = append;
    const call = pool.attempt(
      (sql) => sql<OutcomeRow[]>`
        call log.append_in_turn(
          ${stream}, ${expected}, ${arrayOf(events.map(({ id }) => id))}, ${events.map(({ type }) => type)},
          string_to_array(${linesOf(events.map(({ data }) => data))}, chr(10)),
          string_to_array(${linesOf(events.map(({ metadata }) => metadata))}, chr(10)), null, null, null
        )`,
    );
    const row = await call.answer.then(
      ([only]) => only,
      () => undefined,
    );
    const outcome = row ? toOutcome(row) : null;
    this.options.appended(append, outcome, started);
    if (outcome) {
      this.#free.push(pool);
      return outcome;
    }
    // Refused or lost, the usual way finds out: by the ids and the expected revision, as when an answer gets lost there.
    this.#release(pool);
    return this.options.otherwise(append, { lost: call.sent(), leftMs: this.options.deadline - (performance.now() - started) });
  }

  /** The connection is free when it holds no turn any more: when the server says so, or when it is lost. */
  #release(pool: Pool): void {
    const free = (): void => void this.#free.push(pool);
    pool.attempt((sql) => sql`select pg_advisory_unlock_all()`).answer.then(free, free);
  }

  #connection(): Pool | undefined {
    if (this.#closed) return undefined;
    const free = this.#free.pop();
    if (free || this.#pools.length === CONNECTIONS) return free;
    const { url, applicationName, deadline, lost } = this.options;
    const pool = new Pool({ url, applicationName, max: 1, onClose: lost }, deadline);
    this.#pools.push(pool);
    return pool;
  }
}

type EventRow = Omit<RecordedEvent, 'stream'> & { bytes: number };
