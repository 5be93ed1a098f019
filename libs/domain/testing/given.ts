import { type Decider, type DomainEvent, isProblem } from '../decider';
import type { Problem } from '../problem';

/**
 * Given what happened, when a command comes, then these events follow, or it is refused. Also holds every decider to a rule
 * of its own: what it decides can be folded.
 */
export function given<State, Command, Event extends DomainEvent>(decider: Decider<State, Command, Event>, events: readonly Event[]) {
  const state = events.reduce(decider.evolve, decider.initialState);
  return {
    when(command: Command) {
      const decision = decider.decide(command, state);
      return {
        thenEvents(expected: readonly Event[]): void {
          expect(decision).toEqual(expected);
          if (!isProblem(decision)) decision.reduce(decider.evolve, state);
        },
        thenRefused(expected: Problem | Record<string, unknown>): void {
          expect(decision).toMatchObject(expected);
        },
        decision,
      };
    },
  };
}
