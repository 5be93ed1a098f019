import { type Budget, type DrainReport, drain } from './drain';
import type { QueuedLine } from './line';
import type { QueueOptions } from './options';
import { QueueFile } from './queue-file';
import { Queued, QueueUnusable } from './queued';
import { refusalText } from './refusal';

/** What a client does with its queue file once there is something in it, or to go in. */
export class Waiting {
  readonly #queue: QueueFile;
  readonly #budget: Budget;
  readonly #onDrained: (report: DrainReport, file: string) => void;

  constructor(
    file: string,
    private readonly base: string,
    deadlineMs: number,
    { drainMs = 5_000, drainLines = Number.POSITIVE_INFINITY, onDrained = sayRefusals }: QueueOptions,
  ) {
    this.#queue = new QueueFile(file);
    this.#budget = { ms: drainMs, lines: drainLines, deadlineMs };
    this.#onDrained = onDrained;
  }

  /** Adds a write. @throws Queued, as what the call comes to; QueueUnusable when it can't be added. */
  async enqueue(line: QueuedLine, reason: string): Promise<never> {
    const { path } = this.#queue;
    await this.#queue.append(line).catch((cause: unknown) => {
      throw new QueueUnusable(path, cause, reason);
    });
    throw new Queued(line, path, reason);
  }

  /** Sends what waits. Why a write that comes now has to wait, too; `null`: nothing waits any more. */
  async sendBeforeWrite(): Promise<string | null> {
    const { left, stopped } = await this.#send({ wait: true });
    return left === 0 ? null : `${left} wait before it, ${stopped}`;
  }

  /** Sends what waits, unless another process is at it. The read has its answer already: a queue that can't be used is said on standard error. */
  async sendAfterRead(): Promise<void> {
    try {
      await this.#send({ wait: false });
    } catch (error) {
      if (!(error instanceof QueueUnusable)) throw error;
      say(error.message);
    }
  }

  async #send(how: { wait: boolean }): Promise<Pick<DrainReport, 'left' | 'stopped'>> {
    const queue = this.#queue;
    if (this.#budget.ms <= 0) return { left: queue.read().length, stopped: 'and are not sent along with this call' };
    const report = await drain(queue, this.base, this.#budget, how).catch((cause: unknown) => {
      throw new QueueUnusable(queue.path, cause);
    });
    if (report.sent.length + report.refused.length > 0) this.#onDrained(report, queue.path);
    return report;
  }
}

const say = (text: string): void => void process.stderr.write(`coord: ${text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')}\n`);

function sayRefusals({ refused }: DrainReport): void {
  for (const one of refused) say(refusalText(one));
}
