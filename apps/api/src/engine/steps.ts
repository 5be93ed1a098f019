import type { Outcome, Task } from '@coord/command-runner/index';
import type { DomainEvent } from '@coord/domain/decider';
import { StoreUnavailable } from '@coord/event-store/index';

type Execute = <State, Command extends { type: string }, Event extends DomainEvent>(task: Task<State, Command, Event>) => Promise<Outcome>;

/** The writes of a command that touches several streams. No transaction spans them, so an answer has to know whether one came through. */
export class Steps {
  #written = false;

  constructor(private readonly execute: Execute) {}

  /** Runs them at once. @throws what the first of them throws, when all have come out. */
  async all<State, Command extends { type: string }, Event extends DomainEvent>(tasks: readonly Task<State, Command, Event>[]): Promise<Outcome[]> {
    const settled = await Promise.allSettled(tasks.map((task) => this.execute(task)));
    const outcomes = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    this.#written ||= outcomes.some((outcome) => 'wrote' in outcome && outcome.wrote === true);
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return outcomes;
  }

  /** An error as it is for the whole: a store that is away after one of the writes came through does not mean that nothing was written. */
  asWhole(error: unknown): unknown {
    return this.#written && error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error) : error;
  }
}
