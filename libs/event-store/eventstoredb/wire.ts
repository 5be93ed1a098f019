import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { StoreUnavailable } from '../event-store';
import { SharedQuestion } from '../following/shared-question';
import { Connection } from './connection';
import { Closed, NoAnswer, whatFailed } from './failures';
import type { Record } from './record';
import { recordsOf } from './records';
import { readLogRequest } from './requests';

/** @param signal aborts when nobody waits for the answer any more */
export type Work<T> = (connection: Connection, signal: AbortSignal) => Promise<T>;

const PAUSE = 50;

/**
 * The way to the server, with a bound on every wait: the client's own deadlines cover neither its reads nor the search for a
 * cluster's leader, and against a frozen server those hang for ever. There is one client at a time: two of them in one process
 * share connections and disturb each other.
 */
export class Wire {
  #connection: Connection;
  /** When the last answer came, or when the connection was made. */
  #alive = 0;
  readonly #closing = new AbortController();
  readonly #reach: SharedQuestion<unknown>;

  constructor(
    private readonly url: string,
    /** Milliseconds that a caller waits at most. */
    readonly deadline: number,
  ) {
    setMaxListeners(0, this.#closing.signal); // every call listens
    this.#connection = this.#connect();
    this.#reach = new SharedQuestion(() => this.attempt(anyAnswer), deadline);
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** One try, half a deadline long, so that a second one on a new connection still fits. */
  async attempt<T>(work: Work<T>, limit = this.deadline / 2): Promise<T> {
    if (this.closed) throw new Closed();
    const connection = this.#connection;
    const over = new AbortController();
    let stop: (error: Error) => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    const timer = setTimeout(() => stop(new NoAnswer(limit)), limit);
    const close = (): void => stop(new Closed());
    this.#closing.signal.addEventListener('abort', close);
    try {
      const answer = await Promise.race([work(connection, over.signal), stopped]);
      this.#alive = performance.now();
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) this.#doubt(connection);
      else if (whatFailed(error) === 'refused') this.#alive = performance.now();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#closing.signal.removeEventListener('abort', close);
      over.abort();
    }
  }

  /**
   * Asks until there is an answer; only for what may be repeated.
   * @throws StoreUnavailable after the deadline, or what the server objects to
   */
  async ask<T>(work: Work<T>): Promise<T> {
    const until = performance.now() + this.deadline;
    for (;;) {
      try {
        return await this.attempt(work, Math.min(this.deadline / 2, until - performance.now()));
      } catch (error) {
        if (whatFailed(error) === 'refused') throw error;
        if (this.closed || performance.now() + PAUSE >= until) throw new StoreUnavailable('none', error);
      }
      await pause(PAUSE);
    }
  }

  /** Resolves when the server has answered; what waits for it was certainly not sent. */
  reach(): Promise<unknown> {
    return this.#reach.ask();
  }

  /** The events of a live read, for as long as the connection and the server keep it. */
  listen(request: ReadReq, signal: AbortSignal): AsyncIterable<Record> {
    return recordsOf(this.#connection, request, signal);
  }

  close(): void {
    if (this.closed) return;
    this.#closing.abort();
    end(this.#connection);
  }

  /** Where others get answers the connection is sound. One that is replaced too soon never gets to connect. */
  #doubt(connection: Connection): void {
    if (connection !== this.#connection || this.closed || performance.now() - this.#alive < this.deadline / 2) return;
    this.#connection = this.#connect();
    // Its calls fail at once, and their callers repeat them on the new one.
    end(connection);
  }

  #connect(): Connection {
    this.#alive = performance.now();
    return Connection.to(this.url);
  }
}

function end(connection: Connection): void {
  connection.end().catch(() => {
    // It never had a channel: the server was not found.
  });
}

/** The cheapest question. */
async function anyAnswer(connection: Connection, signal: AbortSignal): Promise<void> {
  for await (const _ of recordsOf(connection, readLogRequest({ from: 'end', backwards: true, count: 1 }), signal)) return;
}
