import { readFileSync, rmSync, statSync } from 'node:fs';
import { type Problem, problemOf } from '../problem';
import { appendLine, replaceFile } from './durable-file';
import { type Entry, parseLine } from './line';
import type { QueueFile } from './queue-file';
import type { Refusal } from './refusal';

/**
 * The lines that the engine refuses, beside the queue. A refusal is noted, told and taken off the queue, or, should the process die in between,
 * all of that by the next one: it must not be told and then be sent once more, for it could be taken then.
 */
export class Refusals {
  constructor(private readonly queue: QueueFile) {}

  get path(): string {
    return this.queue.beside('rejected.jsonl');
  }

  /** Moves a line from the queue to the refused ones. */
  async move({ raw, line }: Entry, status: number | null, answer: unknown): Promise<Refusal> {
    const problem = status === null ? broken(String(line)) : problemOf(status, answer);
    const refusal: Refusal = { rejected_at: new Date().toISOString(), status, problem, line: typeof line === 'string' ? raw : line };
    replaceFile(this.#intent, JSON.stringify({ raw, refusal }));
    await this.#finish(raw, refusal);
    return refusal;
  }

  /** Ends what a process that died has begun; gives the refusal, if there is one. */
  async resume(): Promise<Refusal[]> {
    if (!statSync(this.#intent, { throwIfNoEntry: false })) return [];
    const { raw, refusal } = JSON.parse(readFileSync(this.#intent, 'utf8')) as { raw: string; refusal: Refusal };
    await this.#finish(raw, refusal);
    return [refusal];
  }

  get #intent(): string {
    return this.queue.beside('refusal');
  }

  async #finish(raw: string, refusal: Refusal): Promise<void> {
    const text = JSON.stringify(refusal);
    if (!this.#endsWith(text)) appendLine(this.path, text);
    await this.queue.remove([parseLine(raw)]);
    rmSync(this.#intent, { force: true });
  }

  #endsWith(text: string): boolean {
    return statSync(this.path, { throwIfNoEntry: false }) !== undefined && readFileSync(this.path, 'utf8').endsWith(`${text}\n`);
  }
}

const broken = (why: string): Problem => ({
  type: 'about:blank',
  title: 'Broken line',
  status: 0,
  detail: `The line is no queued write (${why}): write it anew, as {"ts", "method", "path", "body"}, if it is still wanted.`,
});
