import { type EventStore, StoreUnavailable } from '@coord/event-store/index';
import type { Sql } from 'postgres';
import { type Positions, readCheckpoints } from './checkpoints';
import { DeadlinePassed, within } from './deadline';
import { Doorbell } from './doorbell';
import { KnownPositions } from './known-positions';
import { codeOf, isPassing } from './passing-error';
import type { AdvanceListener } from './projection-group';
import { RenewingPool } from './renewing-pool';

const LONGEST_WAIT_MS = 2_000;
const POLL_MS = 50;
const POLL_DEADLINE_MS = 1_000;
/** A query gets at least this, however long the wait before it was. */
const SHORTEST_QUERY_MS = 250;

/** A read model has not reached the position in time: an answer would be stale. */
export class ReadModelBehind extends Error {
  constructor(
    readonly wanted: number,
    /** How far each read model is; null: not known, or it has never run. */
    readonly positions: Readonly<Record<string, number | null>>,
  ) {
    super(
      `Read models are behind position ${wanted}: ${Object.entries(positions)
        .map(([name, position]) => `${name} at ${position ?? 'unknown'}`)
        .join(', ')}.`,
    );
    this.name = 'ReadModelBehind';
  }
}

export interface WaitOptions {
  /** A position that the answer must reflect even if the log's end were before it. */
  atLeast?: number;
  /** Names of the read models; default: all. */
  of?: readonly string[];
  /** Default 2 s. */
  timeoutMs?: number;
}

export interface ReadModelsOptions {
  store: EventStore;
  databaseUrl: string;
  /** Of all read models. */
  names: readonly string[];
}

interface Waiter {
  of: readonly string[];
  wanted: number;
  settle: (position: number) => void;
}

/**
 * Reads that reflect everything that was in the log when they came in, on any instance. In the leader's process the group
 * tells how far the read models are (`group.onAdvance(readModels)`), so that a read costs no question to the database but its
 * own; elsewhere the checkpoints are polled while somebody waits, woken by NOTIFY.
 */
export class ReadModels implements AdvanceListener {
  readonly #store: EventStore;
  readonly #names: readonly string[];
  readonly #pool: RenewingPool;
  readonly #known = new KnownPositions();
  readonly #doorbell = new Doorbell();
  readonly #waiters = new Set<Waiter>();
  #polling = false;
  /** Why the last look at the checkpoints failed. */
  #trouble: unknown;
  /** Whether the leader is in this process. */
  #told = false;
  #urge: () => void = () => {};

  constructor({ store, databaseUrl, names }: ReadModelsOptions) {
    this.#store = store;
    this.#names = names;
    this.#pool = new RenewingPool({ databaseUrl, applicationName: 'coord read models', max: 4, onLost: () => this.forget() });
  }

  /** For queries of read models; no transactions (see Session). Ask for it each time: it is renewed after a lost connection. */
  get sql(): Sql {
    return this.#pool.sql;
  }

  /**
   * Waits until the read models have reached the end of the log as it is now.
   * @returns the position that they have all reached
   * @throws ReadModelBehind, StoreUnavailable (the log or the database of the read models)
   */
  async caughtUp({ atLeast = 0, of = this.#names, timeoutMs = LONGEST_WAIT_MS }: WaitOptions = {}): Promise<number> {
    const started = performance.now();
    const known = this.#known.reachedByAll(of);
    const head = await within(timeoutMs, this.#store.head()).catch(asUnavailable);
    const wanted = Math.max(head, atLeast);
    if (of.length === 0) return wanted;
    // Known before the question was asked, and beyond the answer: the log was put back to an earlier state.
    if (known !== null && known > head) this.forget();
    const reached = this.#known.reachedByAll(of);
    if (reached !== null && reached >= wanted) return reached;
    return this.#wait(of, wanted, timeoutMs - (performance.now() - started));
  }

  /**
   * Waits as `caughtUp`, then asks; asks again if the read models may have fallen back meanwhile.
   * @param query one statement or several on `sql`, of which none hangs the request on a frozen server; `position` is what the
   * read models have reached
   * @throws ReadModelBehind, StoreUnavailable, what `query` throws
   */
  async read<T>(query: (sql: Sql, position: number) => Promise<T>, options: WaitOptions = {}): Promise<{ result: T; position: number }> {
    const end = performance.now() + (options.timeoutMs ?? LONGEST_WAIT_MS);
    for (;;) {
      const position = await this.caughtUp({ ...options, timeoutMs: end - performance.now() });
      const { epoch } = this.#known;
      const result = await within(Math.max(end - performance.now(), SHORTEST_QUERY_MS), query(this.sql, position)).catch((error: unknown) =>
        this.#failed(error),
      );
      if (epoch === this.#known.epoch) return { result, position };
    }
  }

  advanced(positions: Positions): void {
    this.#told = true;
    this.#learn(positions);
  }

  onWait(urge: () => void): void {
    this.#urge = urge;
  }

  forget(): void {
    this.#told = false;
    this.#known.forget();
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  #wait(of: readonly string[], wanted: number, milliseconds: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        of,
        wanted,
        settle: (position) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve(position);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(this.#trouble ? new StoreUnavailable('none', this.#trouble) : new ReadModelBehind(wanted, this.#known.of(of)));
      }, milliseconds);
      this.#waiters.add(waiter);
      this.#urge();
      if (!this.#polling) void this.#poll();
    });
  }

  #learn(positions: Positions): void {
    this.#known.learn(positions);
    this.#trouble = undefined;
    for (const waiter of this.#waiters) {
      const reached = this.#known.reachedByAll(waiter.of);
      if (reached !== null && reached >= waiter.wanted) waiter.settle(reached);
    }
  }

  /** One look for all who wait, until nobody does. */
  async #poll(): Promise<void> {
    this.#polling = true;
    if (this.#told) await this.#doorbell.next(POLL_MS);
    while (this.#waiters.size > 0) {
      const rung = this.#doorbell.next(POLL_MS);
      await this.#look();
      if (this.#waiters.size > 0) await rung;
    }
    this.#polling = false;
  }

  async #look(): Promise<void> {
    const { sql } = this.#pool;
    const { epoch } = this.#known;
    this.#doorbell.listen(sql);
    try {
      const positions = await within(POLL_DEADLINE_MS, readCheckpoints(sql, this.#names));
      // What was seen before it all had to be forgotten may be lost by now.
      if (epoch === this.#known.epoch) this.#learn(positions);
    } catch (error) {
      if (error instanceof DeadlinePassed) this.#pool.distrust();
      // No table of checkpoints (42P01) is no trouble: no leader has ever run here.
      this.#trouble = codeOf(error) === '42P01' ? undefined : error;
    }
  }

  #failed(error: unknown): never {
    if (error instanceof DeadlinePassed) this.#pool.distrust();
    return asUnavailable(error);
  }
}

function asUnavailable(error: unknown): never {
  throw isPassing(error) && !(error instanceof StoreUnavailable) ? new StoreUnavailable('none', error) : error;
}
