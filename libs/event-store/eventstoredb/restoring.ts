import { jsonEvent } from '@eventstore/db-client';
import { SharedQuestion } from '../following/shared-question';
import { isObject, parse } from './record';
import { answersTo } from './records';
import { readStreamRequest } from './requests';
import type { Wire } from './wire';

const STREAM = 'coord-restore';
/** `$`: no reader of the whole log is shown it. */
const TYPE = '$coord-restore';

type State = 'never' | 'begun' | 'done';

/**
 * EventStoreDB has no transaction over streams, so a log that is being restored is hidden instead: from the mark that it has begun
 * to the one that it is done, every engine takes the log for empty and appends nothing. Only an empty log is restored, so
 * a log that is once known to hold events is never asked about again.
 */
export class Restoring {
  #settled = false;
  readonly #state: SharedQuestion<State>;

  constructor(private readonly wire: Wire) {
    this.#state = new SharedQuestion(() => this.#ask(), wire.deadline);
  }

  /** Whether the log is being restored, or a restore broke off. */
  async isUnderWay(): Promise<boolean> {
    if (this.#settled) return false;
    const state = await this.#state.ask();
    if (state === 'done') this.#settled = true;
    return state === 'begun';
  }

  /** The log holds an event, and was not being restored before that was asked. */
  settle(): void {
    this.#settled = true;
  }

  async mark(state: Exclude<State, 'never'>): Promise<void> {
    const event = jsonEvent({ type: TYPE, data: { state } });
    await this.wire.ask((connection) => connection.appendToStream(STREAM, event, { expectedRevision: 'any', requiresLeader: true }));
    this.#settled = state === 'done';
  }

  #ask(): Promise<State> {
    const request = readStreamRequest(STREAM, { from: 'end', backwards: true, count: 1 });
    return this.wire.ask(async (connection, signal) => {
      for await (const answer of answersTo(connection, request, signal)) {
        const event = answer.getEvent()?.getEvent();
        const data = event && parse(event.getData_asU8());
        if (isObject(data)) return data.state === 'begun' ? 'begun' : 'done';
      }
      return 'never';
    });
  }
}
