import { type CommandContext, CommandRunner, derivedId, type Outcome } from '@coord/command-runner/index';
import type { Decider } from '@coord/domain/decider';
import { workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import type { JsonValue } from '@coord/event-store/index';
import { Injectable } from '@nestjs/common';

/** An item and the revision at which it was the best: the claim is an append on that revision. */
export type Choice = { id: string; revision: number };
/** Items, best first, each of them once as long as it stays as it is; when there are no more, the position that this is true of. */
export type Choices = AsyncGenerator<Choice, number, void>;

/** Nothing is decided there: the stream keeps which answer came first. */
const choiceDecider: Decider<null, { type: 'ChooseWorkItem' }, never> = { initialState: null, decide: () => [], evolve: () => null };

/**
 * Which items a claim under a key goes for. All attempts under one key, also at once and on several instances, must go for the
 * same item, and only when that is lost for good, for the same next one. So each turn has a stream that derives from the
 * key: whoever writes it first has chosen for all, and the item's revision stands there, too. At that revision one of them claims
 * it, which the item's stream remembers for the others, or none ever can.
 */
@Injectable()
export class KeyedChoices {
  constructor(private readonly runner: CommandRunner) {}

  /** What the key was answered with, null if it was not. */
  async answered(context: CommandContext): Promise<Outcome | null> {
    for (let turn = 0; ; turn += 1) {
      const known = await this.runner.recall(choiceDecider, streamOf(turn, context), context);
      if (!known || 'problem' in known) return known;
      const choice = choiceIn(known.answer.body);
      if (!choice) return { answer: { status: 204, body: null }, position: known.position };
      const claimed = await this.runner.recall(workItemDecider, workItemStream(choice.id), context);
      if (claimed) return claimed;
    }
  }

  /** The choice of this turn: the first that anyone made, else the next of `choices`. */
  async choose(turn: number, choices: Choices, context: CommandContext): Promise<IteratorResult<Choice, number> | (Outcome & { problem: unknown })> {
    const stream = streamOf(turn, context);
    const known = await this.runner.recall(choiceDecider, stream, context);
    const outcome = known ?? (await this.write(stream, await choices.next(), context));
    if ('problem' in outcome) return outcome;
    const choice = choiceIn(outcome.answer.body);
    return choice ? { done: false, value: choice } : { done: true, value: outcome.position };
  }

  private write(stream: string, next: IteratorResult<Choice, number>, context: CommandContext): Promise<Outcome> {
    const answer = { status: 200, body: next.done ? null : next.value };
    return this.runner.run({ decider: choiceDecider, stream, command: { type: 'ChooseWorkItem' }, context, answer: () => answer });
  }
}

const streamOf = (turn: number, { idempotency }: CommandContext): string =>
  `workclaim-${derivedId('work-claim', 'key', idempotency?.scope ?? '', String(turn))}`;

function choiceIn(body: JsonValue): Choice | null {
  return body === null ? null : (body as Choice);
}
