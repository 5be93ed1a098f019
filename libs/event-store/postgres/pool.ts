import { setTimeout as pause } from 'node:timers/promises';
import type { PendingQuery, Row } from 'postgres';
import { StoreUnavailable } from '../event-store';
import { bounded } from './bounded';
import { type Client, type ClientOptions, connect, type Sql } from './connect';
import { NoAnswer, whatFailed } from './failures';

export type Question<T extends readonly Row[]> = (sql: Sql) => PendingQuery<T>;

export interface Attempt<T> {
  answer: Promise<T>;
  /** Takes the query back if it was not handed to a connection yet. If this is false it may have had its effect; else it never will. */
  withdraw(): boolean;
  /** Whether it was handed to a connection. */
  sent(): boolean;
}

const PAUSE = 50;

/** A few connections, and a bound on every wait: postgres.js has none, and a query to a frozen server never settles. */
export class Pool {
  #client: Client;
  /** When the last answer came, or when the client was made. */
  #alive = 0;
  #closed = false;

  constructor(
    private readonly options: Omit<ClientOptions, 'connectTimeout' | 'statementTimeout'>,
    /** Milliseconds that a caller waits at most. */
    private readonly deadline: number,
  ) {
    this.#client = this.#connect();
  }

  /**
   * One try, half a deadline long, so that a second one on a new connection still fits. After an attempt with no answer its
   * query is not sent any more.
   */
  attempt<T extends readonly Row[]>(question: Question<T>, limit = this.deadline / 2): Attempt<T> {
    const client = this.#client;
    const query = question(client.sql).execute();
    return { answer: this.#bounded(query, client, limit), withdraw: () => this.#withdraw(query, client), sent: () => isSent(query) };
  }

  /**
   * Asks until there is an answer; only for what may be repeated.
   * @throws StoreUnavailable after the deadline, or what the server objects to
   */
  async ask<T extends readonly Row[]>(question: Question<T>): Promise<T> {
    const until = performance.now() + this.deadline;
    for (;;) {
      const attempt = this.attempt(question, Math.min(this.deadline / 2, until - performance.now()));
      try {
        return await attempt.answer;
      } catch (error) {
        if (whatFailed(error, attempt.sent()) === 'refused') throw error;
        if (this.#closed || performance.now() + PAUSE >= until) throw new StoreUnavailable('none', error);
      }
      await pause(PAUSE);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client.end(0.5);
  }

  async #bounded<T extends readonly Row[]>(query: PendingQuery<T>, client: Client, limit: number): Promise<T> {
    try {
      const rows = await bounded(query, limit);
      this.#alive = performance.now();
      return rows;
    } catch (error) {
      if (error instanceof NoAnswer) {
        if (!isSent(query)) query.cancel();
        // Where others get answers the connections are sound, and statement_timeout ends the slow query. A client that is
        // replaced too soon never gets to connect, when callers give up one after the other.
        if (performance.now() - this.#alive >= this.deadline / 2) this.#replace(client);
      }
      throw error;
    }
  }

  #withdraw(query: Cancellable, client: Client): boolean {
    if (isSent(query)) return false;
    // Marks it, so that it isn't sent when the connection gets ready after all. That connection would then wait for ever.
    query.cancel();
    this.#replace(client);
    return true;
  }

  /** The old client's other queries fail at once, and their callers repeat them on the new one. */
  #replace(client: Client): void {
    if (client !== this.#client || this.#closed) return;
    this.#client = this.#connect();
    void client.end(0);
  }

  #connect(): Client {
    this.#alive = performance.now();
    return connect({ ...this.options, connectTimeout: this.deadline / 2000, statementTimeout: this.deadline });
  }
}

/** A query that was sent must not be cancelled: postgres.js opens a connection for that, and nobody hears of its failure. */
type Cancellable = Pick<PendingQuery<readonly Row[]>, 'cancel'>;

/** postgres.js notes the server process here when it hands a query to a connection, and doesn't say so otherwise. */
function isSent(query: object): boolean {
  return !('state' in query) || query.state !== null;
}
