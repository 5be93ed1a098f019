import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType, jsonEvent } from '@eventstore/db-client';
import { type AppendOutcome, StoreUnavailable, type StreamAppend } from '../event-store';
import { Closed, isOf, whatFailed } from './failures';
import { lastRevision, readStream } from './read-stream';
import type { Wire } from './wire';

const PAUSE = 50;
/** Events at a stream's end among which those of an append with an unknown outcome are looked for. */
const LOOK_BACK = 1_000;

/** An append on its way to an outcome. */
interface Attempted {
  append: StreamAppend;
  /** performance.now() at which its caller gives up. */
  until: number;
  /** A try ended without an answer: it may have been written. */
  lost: boolean;
}

/** Appends to any number of streams at once, and to each in the order of arrival. */
export class Appender {
  /** The last of each stream that has any under way. */
  readonly #tails = new Map<string, Promise<unknown>>();
  /** Whether the server can be reached is not known: nothing was sent yet, or the last call failed. */
  #doubtful = true;

  constructor(
    private readonly wire: Wire,
    private readonly head: () => Promise<number>,
  ) {}

  /** @throws StoreUnavailable after the deadline, or what the server objects to */
  add(append: StreamAppend): Promise<AppendOutcome> {
    const attempted = { append, until: performance.now() + this.wire.deadline, lost: false };
    const before = this.#tails.get(append.stream);
    // One at a time: when the first hangs, the second was certainly not sent, and its caller can be told so.
    const outcome = before ? before.then(() => this.#resolve(attempted)) : this.#resolve(attempted);
    const tail = outcome.catch(() => {}).finally(() => this.#tails.get(append.stream) === tail && this.#tails.delete(append.stream));
    this.#tails.set(append.stream, tail);
    return outcome;
  }

  /** An outcome that is unknown is found out by repeating the same ids at the same expected revision: the server writes them once. */
  async #resolve(attempted: Attempted): Promise<AppendOutcome> {
    for (let cause: unknown; ; ) {
      const left = attempted.until - performance.now();
      if (left <= 0 || this.wire.closed) throw new StoreUnavailable(attempted.lost ? 'unknown' : 'none', cause);
      try {
        if (this.#doubtful) await this.#reach(left);
        const outcome = await this.#attempt(attempted, Math.min(left, this.wire.deadline / 2));
        this.#doubtful = false;
        return outcome;
      } catch (error) {
        cause = error;
        if (whatFailed(error) === 'refused') throw explained(error, attempted.append);
        this.#doubtful = true;
      }
      await pause(Math.max(0, Math.min(PAUSE, attempted.until - performance.now())));
    }
  }

  async #reach(left: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreUnavailable('none')), left);
    });
    try {
      await Promise.race([this.wire.reach(), late]);
      this.#doubtful = false;
    } finally {
      clearTimeout(timer);
    }
  }

  async #attempt(attempted: Attempted, limit: number): Promise<AppendOutcome> {
    const { append } = attempted;
    if (append.events.length === 0) return this.#check(append);
    if (attempted.lost && append.expected === 'any') {
      const known = await this.#find(append);
      if (known) return known;
    }
    try {
      return await this.#send(attempted, limit);
    } catch (error) {
      if (!isOf(error, ErrorType.WRONG_EXPECTED_VERSION)) throw error;
      return { outcome: 'conflict', revision: revisionIn(error), position: await this.head() };
    }
  }

  async #send(attempted: Attempted, limit: number): Promise<AppendOutcome> {
    const { stream, expected, events } = attempted.append;
    const expectedRevision = expected === 'none' ? 'no_stream' : expected === 'any' ? 'any' : BigInt(expected);
    try {
      const { nextExpectedRevision, position } = await this.wire.attempt(
        (connection) => connection.appendToStream(stream, events.map(jsonEvent), { expectedRevision, requiresLeader: true, deadline: limit }),
        limit,
      );
      const revision = Number(nextExpectedRevision);
      return { outcome: 'appended', revision, position: position ? Number(position.commit) : await this.#positionOf(stream, revision) };
    } catch (error) {
      attempted.lost ||= whatFailed(error) === 'lost';
      throw error;
    }
  }

  /** The server takes an empty append whatever it expects. */
  async #check({ stream, expected }: StreamAppend): Promise<AppendOutcome> {
    const revision = await lastRevision(this.wire, stream);
    const position = await this.head();
    const met = expected === 'any' || revision === (expected === 'none' ? -1 : expected);
    return { outcome: met ? 'appended' : 'conflict', revision, position };
  }

  /** Without an expected revision the server knows repeated ids from a cache only, which does not outlive it. */
  async #find({ stream, events }: StreamAppend): Promise<AppendOutcome | undefined> {
    const id = events.at(-1)?.id;
    const written = (await readStream(this.wire, stream, { direction: 'backwards', limit: LOOK_BACK })).find((event) => event.id === id);
    return written && { outcome: 'appended', revision: written.revision, position: written.position };
  }

  /** A repeated append is answered without a position when the server has not indexed the first one yet. */
  async #positionOf(stream: string, revision: number): Promise<number> {
    const [event] = await readStream(this.wire, stream, { from: revision, limit: 1 });
    if (!event) throw new StoreUnavailable('unknown', new Closed());
    return event.position;
  }
}

/** -1: there is no such stream. */
function revisionIn(error: unknown): number {
  const actual: unknown = error instanceof Error ? Reflect.get(error, 'actualVersion') : undefined;
  return typeof actual === 'bigint' ? Number(actual) : -1;
}

function explained(error: unknown, { stream }: StreamAppend): unknown {
  if (isOf(error, ErrorType.ACCESS_DENIED)) return new Error(`EventStoreDB does not let this user append to ${stream}.`, { cause: error });
  if (!isOf(error, ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED)) return error;
  return new Error(`An append to ${stream} is larger than EventStoreDB takes: raise its MaxAppendSize.`, { cause: error });
}
