import type { Problem } from './problem';

/** A fact, in the past tense. `data` carries everything that a reader needs. */
export interface DomainEvent<Type extends string = string, Data = object> {
  type: Type;
  data: Data;
  /** Whose doing it is, where that is not whose command brought it about; null: no one's. */
  actor?: string | null;
}

/**
 * Rules of one concept as pure functions (Chassaing, "Functional Event Sourcing Decider", 2021).
 * `decide` gives the events that a command leads to (none: nothing changes), or the problem that stands in its way.
 * `evolve` never refuses: what is in the log has happened. States are immutable: a chain of commands that lost its race is
 * decided again on an older state.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[] | Problem;
  evolve(state: State, event: Event): State;
  /** For long streams: how a state is kept beside the log. Raise `schema` whenever the shape of the JSON changes. */
  readonly snapshot?: {
    readonly schema: number;
    /** There are as many of these streams as there are things of the concept, and each is short behind its snapshot. */
    readonly many?: true;
    /** How many events must have come since the last snapshot before another pays. */
    every(state: State): number;
    toJson(state: State): unknown;
    fromJson(json: unknown): State;
  };
}

export const isProblem = (decision: readonly DomainEvent[] | Problem): decision is Problem => !Array.isArray(decision);
