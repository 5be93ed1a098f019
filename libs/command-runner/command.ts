import type { Decider, DomainEvent } from '@coord/domain/decider';
import type { Problem } from '@coord/domain/problem';
import type { JsonValue } from '@coord/event-store/index';

/** Who asks, when and on whose behalf: the same for every event that a request leads to. */
export interface CommandContext {
  /** The session whose command it is; null for the engine itself. */
  actor: string | null;
  /** From the injected clock, once per command; milliseconds since 1970. */
  now: number;
  project_key: string | null;
  /** The request's id. */
  correlation_id: string | null;
  /** The event or request that led to this command, if another one did. */
  causation_id?: string;
  /** For a command that follows from an event: how the ids of its events derive from that, so that they are the same whoever carries it out. */
  eventId?(event: DomainEvent): string;
  /** `Coord-Intended-At`, ISO 8601 UTC. */
  intended_at?: string;
  /** From the `Idempotency-Key`: `scope` names session, method, path and key; `body` is the hash of the body. */
  idempotency?: { scope: string; body: string };
}

/** What a command is answered with, as it goes over the wire. */
export interface Answer {
  status: number;
  body: JsonValue;
}

/** One command for one stream. */
export interface Task<State, Command, Event extends DomainEvent> {
  decider: Decider<State, Command, Event>;
  stream: string;
  command: Command;
  context: CommandContext;
  /** The answer, from the events that were decided (none: nothing changed) and the states after and before. Pure: under a key it is kept in the log. */
  answer(events: readonly Event[], after: State, before: State): Answer;
}

/** How a command came out. `position` is the log position that the outcome reflects. */
export type Outcome = { answer: Answer; position: number } | { problem: Problem; position: number };
