import { setTimeout as pause } from 'node:timers/promises';
import { type AppendOutcome, StoreUnavailable } from '../event-store';
import type { EncodedAppend } from './append-call';
import { whatFailed } from './failures';
import type { Attempt } from './pool';

/** Of one call. A single append that is larger goes alone. */
const MOST_EVENTS = 500;
const MOST_BYTES = 4 * 1024 * 1024;
const PAUSE = 50;

interface Waiting {
  append: EncodedAppend;
  /** An attempt ended without an answer: it may have been written. */
  lost: boolean;
  done: boolean;
  timer: NodeJS.Timeout;
  resolve(outcome: AppendOutcome): void;
  reject(error: unknown): void;
}

type Call = Attempt<AppendOutcome[]>;

/** What became of an append that had no answer. */
export interface Tried {
  lost: boolean;
  /** Milliseconds. */
  leftMs: number;
}

/**
 * While one call is under way, what comes in gathers and goes out as the next: the cost of a durable write is shared by
 * those who wait for it, and alone it is one round trip. A stream is in a call once, in the order of arrival.
 */
export class Gatherer {
  #waiting: Waiting[] = [];
  /** Batches that go before what waits: their answer got lost, or one of them holds something that the server refuses. */
  #again: Waiting[][] = [];
  #underWay: { batch: readonly Waiting[]; call: Call } | undefined;
  #running = false;
  /** Whether the server can be reached is not known: the first call, or the last one failed. */
  #doubtful = true;
  #closed = false;

  constructor(
    private readonly send: (appends: readonly EncodedAppend[]) => Call,
    /** Makes sure that there is a connection; rejects when there is none. */
    private readonly reach: () => Promise<unknown>,
    /** Milliseconds from arrival to outcome. */
    private readonly deadline: number,
  ) {}

  /**
   * @param tried elsewhere already: `lost`, whether it may have been written there; `leftMs`, what is left of the deadline
   * @throws StoreUnavailable after the deadline, or what the server objects to
   */
  add(append: EncodedAppend, { lost, leftMs }: Tried = { lost: false, leftMs: this.deadline }): Promise<AppendOutcome> {
    if (this.#closed) return Promise.reject(new StoreUnavailable(lost ? 'unknown' : 'none'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(waiting), leftMs);
      const waiting: Waiting = { append, lost, done: false, timer, resolve, reject };
      this.#waiting.push(waiting);
      if (this.#running) return;
      this.#running = true;
      // Not at once: the other streams of the same request go with it.
      queueMicrotask(() => void this.#run());
    });
  }

  /** Fails what waits. What is under way may still get its answer. */
  close(): void {
    this.#closed = true;
    for (const waiting of [...this.#waiting, ...this.#again.flat()]) this.#fail(waiting);
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#doubtful && this.#isWaitedFor() && !(await this.#isReachable())) continue;
      const batch = this.#next();
      if (batch.length === 0) break;
      await this.#attempt(batch);
    }
    this.#running = false;
  }

  /** Also lets go of what has failed meanwhile, so that nothing piles up while the server is away. */
  #isWaitedFor(): boolean {
    this.#waiting = this.#waiting.filter(isOpen);
    this.#again = this.#again.map((batch) => batch.filter(isOpen)).filter((batch) => batch.length > 0);
    return this.#waiting.length + this.#again.length > 0;
  }

  /** What waits for a connection was certainly not sent, and its callers can be told so. */
  async #isReachable(): Promise<boolean> {
    try {
      await this.reach();
      this.#doubtful = false;
      return true;
    } catch {
      // Why it fails is what the callers are told when their time is up.
      await pause(PAUSE);
      return false;
    }
  }

  async #attempt(batch: readonly Waiting[]): Promise<void> {
    let call: Call | undefined;
    try {
      call = this.send(batch.map(({ append }) => append));
      this.#underWay = { batch, call };
      const outcomes = await call.answer;
      for (const [index, waiting] of batch.entries()) {
        const outcome = outcomes[index];
        settle(waiting, ({ resolve, reject }) => (outcome ? resolve(outcome) : reject(new Error('The server gave no outcome for an append.'))));
      }
      this.#underWay = undefined;
    } catch (error) {
      this.#underWay = undefined;
      // what can't even be made a call, such as a text that is too long for one, is refused here
      await this.#recover(batch, error, call ? call.sent() : true);
    }
  }

  async #recover(batch: readonly Waiting[], error: unknown, sent: boolean): Promise<void> {
    const failure = whatFailed(error, sent);
    if (failure !== 'refused') {
      this.#doubtful = true;
      // Repeated as it is: the ids and the expected revisions tell the server what it has already.
      for (const waiting of batch) waiting.lost ||= failure === 'lost';
      this.#again.unshift([...batch]);
      if (this.#closed) for (const waiting of batch) this.#fail(waiting, error);
      else await pause(PAUSE);
    } else if (batch.length === 1) {
      for (const waiting of batch) settle(waiting, ({ reject }) => reject(error));
    } else {
      // One poisoned append must not fail its neighbours: halves, down to the one.
      const half = batch.length >> 1;
      this.#again.unshift(batch.slice(0, half), batch.slice(half));
    }
  }

  #next(): Waiting[] {
    for (let batch = this.#again.shift(); batch; batch = this.#again.shift()) {
      const left = batch.filter(isOpen);
      if (left.length > 0) return left;
    }
    return this.#gather();
  }

  #gather(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const streams = new Set<string>();
    let events = 0;
    let bytes = 0;
    for (const waiting of this.#waiting.splice(0)) {
      if (!isOpen(waiting)) continue;
      const { append } = waiting;
      const fits = batch.length === 0 || (events + append.events.length <= MOST_EVENTS && bytes + append.bytes <= MOST_BYTES);
      if (!fits || streams.has(append.stream)) {
        later.push(waiting);
      } else {
        batch.push(waiting);
        events += append.events.length;
        bytes += append.bytes;
      }
      // Also when it didn't fit: a later append to the stream must not overtake it.
      streams.add(append.stream);
    }
    this.#waiting.push(...later);
    return batch;
  }

  #fail(waiting: Waiting, cause?: unknown): void {
    const underWay = this.#underWay?.batch.includes(waiting) ? this.#underWay.call : undefined;
    // Its neighbours in a call that is withdrawn go out again.
    const withdrawn = underWay === undefined || underWay.withdraw();
    settle(waiting, ({ reject }) => reject(new StoreUnavailable(waiting.lost || !withdrawn ? 'unknown' : 'none', cause)));
  }
}

const isOpen = ({ done }: Waiting): boolean => !done;

function settle(waiting: Waiting, how: (waiting: Waiting) => void): void {
  if (waiting.done) return;
  waiting.done = true;
  clearTimeout(waiting.timer);
  how(waiting);
}
