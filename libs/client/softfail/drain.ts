import { setTimeout as pause } from 'node:timers/promises';
import { FileLock } from './file-lock';
import type { Entry, QueuedLine } from './line';
import type { QueueFile } from './queue-file';
import type { Refusal } from './refusal';
import { Refusals } from './refusals';
import { send } from './send';

/** How much of a queue may be sent in one go. */
export interface Budget {
  /** The longest it may take, in ms, also waiting for another process that is at it. */
  ms: number;
  /** The most lines. */
  lines: number;
  /** The longest that one line waits for its answer, in ms. */
  deadlineMs: number;
}

export interface DrainReport {
  sent: (QueuedLine & { status: number })[];
  refused: Refusal[];
  /** How many lines wait now. */
  left: number;
  /** Why the rest was not sent; `null`: nothing kept it. */
  stopped: string | null;
}

/** Lines that were answered leave the file together: at most this often, and for at most a twentieth of the time. */
const REMOVAL_MS = 100;
const REMOVAL_SHARE = 20;

/** Whoever sends gives a sign of life after each line, and waits less than this for its answer. */
const SILENCE_MS = 30_000;

/**
 * Sends what waits, in order, until the file is empty, the engine stops answering, or the budget is used up. One process at a time; the next waits for it as
 * long as its own budget allows, with `wait: false` not at all.
 */
export async function drain(queue: QueueFile, base: string, { ms, lines, deadlineMs }: Budget, { wait = true } = {}): Promise<DrainReport> {
  const deadline = performance.now() + ms;
  const lock = new FileLock(queue.beside('drain.lock'), SILENCE_MS);
  const nothing: DrainReport = { sent: [], refused: [], left: 0, stopped: null };
  if (!queue.waits) return nothing;
  while (!lock.take()) {
    if (!queue.waits) return nothing;
    if (!wait || performance.now() > deadline) return { ...nothing, left: queue.read().length, stopped: 'another process is sending them' };
    await pause(5 + Math.random() * 15);
  }
  const run = new Run(queue, base, deadlineMs, deadline, lines, lock);
  try {
    await run.all();
  } finally {
    lock.release();
  }
  return run.report;
}

/** One process' turn at the queue. */
class Run {
  readonly report: DrainReport = { sent: [], refused: [], left: 0, stopped: null };
  readonly #refusals: Refusals;
  /** Answered, and still in the file. Should the process die now, they are sent again under the same keys, which changes nothing. */
  #answered: Entry[] = [];
  #removalDue = performance.now() + REMOVAL_MS;

  constructor(
    private readonly queue: QueueFile,
    private readonly base: string,
    private readonly deadlineMs: number,
    private readonly deadline: number,
    private readonly lines: number,
    private readonly lock: FileLock,
  ) {
    this.#refusals = new Refusals(queue);
  }

  async all(): Promise<void> {
    const { report } = this;
    report.refused.push(...(await this.#refusals.resume()));
    try {
      for (let entries = await this.queue.readWithKeys(); entries.length > 0 && report.stopped === null; entries = await this.queue.readWithKeys()) {
        await this.#these(entries);
        await this.#remove();
      }
    } finally {
      await this.#remove();
    }
    report.left = report.stopped === null ? 0 : this.queue.read().length;
  }

  async #these(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      this.report.stopped = this.#spent();
      this.report.stopped ??= await this.#one(entry);
      if (this.report.stopped !== null) return;
      this.lock.touch();
      if (performance.now() > this.#removalDue) await this.#remove();
    }
  }

  #spent(): string | null {
    if (this.report.sent.length + this.report.refused.length >= this.lines) return `${this.lines} are sent in one go`;
    return performance.now() > this.deadline ? 'there was no more time' : null;
  }

  /** Why it can't go on; `null`: it can. */
  async #one(entry: Entry): Promise<string | null> {
    const { line } = entry;
    if (typeof line === 'string') return this.#refuse(entry, null, null);
    const outcome = await send(this.base, line, Math.max(1, Math.min(this.deadlineMs, this.deadline - performance.now())));
    if (outcome.kind === 'unanswered') return outcome.why;
    if (outcome.kind === 'refused') return this.#refuse(entry, outcome.status, outcome.answer);
    this.#answered.push(entry);
    this.report.sent.push({ ...line, status: outcome.status });
    return null;
  }

  async #refuse(entry: Entry, status: number | null, answer: unknown): Promise<null> {
    await this.#remove();
    this.report.refused.push(await this.#refusals.move(entry, status, answer));
    return null;
  }

  async #remove(): Promise<void> {
    const started = performance.now();
    await this.queue.remove(this.#answered.splice(0));
    const took = performance.now() - started;
    this.#removalDue = performance.now() + Math.max(REMOVAL_MS, took * REMOVAL_SHARE);
  }
}
