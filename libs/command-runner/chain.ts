import { type Decider, type DomainEvent, isProblem } from '@coord/domain/decider';
import type { Problem } from '@coord/domain/problem';
import { type JsonObject, type NewEvent, roughBytes } from '@coord/event-store/index';
import { v7 as uuidv7 } from 'uuid';
import type { Answer, CommandContext } from './command';
import { type Folded, fold, KEY_REMEMBERED, recall, withKeyOf } from './memory';

/** Of a chain's events, roughly; the command that passes it is its last. What is much larger takes longer than an append may. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A command in the queue of its stream, stripped of its types: what it decides and what is answered. */
export interface Queued {
  context: CommandContext;
  decide(state: unknown): readonly DomainEvent[] | Problem;
  answer(events: readonly DomainEvent[], after: unknown, before: unknown): Answer;
}

/** How a command came out, if the chain gets written. `repeat`: the answer stands in the event of that revision. */
export type Decided = { answer: Answer; wrote: boolean } | { problem: Problem } | { repeat: number } | { bug: unknown };

export interface Chain {
  events: NewEvent[];
  after: Folded<unknown>;
  /** Of the first commands of the queue; the others did not fit. */
  decided: Decided[];
}

type AnyDecider = Decider<unknown, never, DomainEvent>;

/** Decides each command on the state that the ones before it will have made (architecture, decision 6): as many as one append takes. */
export function decideChain(decider: AnyDecider, base: Folded<unknown>, queue: readonly Queued[]): Chain {
  const events: NewEvent[] = [];
  let bytes = 0;
  let after = base;
  const decideNext = (command: Queued): Decided => {
    const { idempotency, now } = command.context;
    const known = idempotency ? recall(after.keys, idempotency.scope, idempotency.body, now) : 'new';
    if (known === 'reused') return { problem: { problem: 'idempotency-key-reused' } };
    if (known !== 'new') return { repeat: known.revision };
    try {
      const step = decideOne(decider, after, command);
      if ('problem' in step) return step;
      bytes += step.after.bytes - after.bytes + (idempotency ? roughBytes(step.answer.body) : 0);
      after = step.after;
      events.push(...step.events);
      return { answer: step.answer, wrote: hasDoingOf(command.context.actor, step.events) };
    } catch (bug) {
      return { bug }; // one command's error must not fail its neighbours
    }
  };
  const decided: Decided[] = [];
  for (const command of queue) {
    decided.push(decideNext(command));
    if (bytes > MOST_BYTES) break;
  }
  return { events, after, decided };
}

/** A command may find only that a lock has expired, which is nobody's doing: the log then has no sign of its session. */
const hasDoingOf = (actor: string | null, events: readonly NewEvent[]): boolean => events.some(({ metadata }) => metadata.actor === actor);

type Step = { events: NewEvent[]; answer: Answer; after: Folded<unknown> } | { problem: Problem };

function decideOne(decider: AnyDecider, before: Folded<unknown>, command: Queued): Step {
  const decision = command.decide(before.state);
  if (isProblem(decision)) return { problem: decision };
  const { idempotency } = command.context;
  const events = decision.map((event) => envelope(event, command.context));
  let after = before;
  for (const event of events) after = fold(decider, after, event);
  const answer = command.answer(decision, after.state, before.state);
  if (!idempotency) return { events, answer, after };
  let last = events.at(-1);
  if (!last) {
    last = envelope({ type: KEY_REMEMBERED, data: {} }, command.context);
    events.push(last);
    after = fold(decider, after, last);
  }
  last.metadata.idempotency = { ...idempotency, answer };
  return { events, answer, after: withKeyOf(after, last) };
}

function envelope(event: DomainEvent, context: CommandContext): NewEvent {
  const { now, correlation_id, intended_at } = context;
  const actor = event.actor === undefined ? context.actor : event.actor;
  const data = event.data as JsonObject;
  const project_key = typeof data.project_key === 'string' ? data.project_key : context.project_key;
  const causation_id = context.causation_id ?? correlation_id;
  const metadata = { actor, at: new Date(now).toISOString(), project_key, causation_id, correlation_id, schema: 1 };
  return { id: context.eventId?.(event) ?? uuidv7(), type: event.type, data, metadata: intended_at ? { ...metadata, intended_at } : metadata };
}
