import type { Decider, DomainEvent } from '../decider';

/** The name that a session without one is to get: for a registration that comes again under its key. */
export type SessionNamed = DomainEvent<'SessionNamed', { session_id: string; named_at: string }>;

/** `instead_of`: the name so far, which turned out to be another's. `now` in milliseconds. */
export type NameSession = { type: 'NameSession'; session_id: string; instead_of: string | null; now: number };

/** `id` derives from the registration's key. */
export const namingStream = (id: string): string => `naming-${id}`;

export const namingDecider: Decider<string | null, NameSession, SessionNamed> = {
  initialState: null,
  decide: ({ session_id, instead_of, now }, name) =>
    name !== instead_of ? [] : [{ type: 'SessionNamed', data: { session_id, named_at: new Date(now).toISOString() } }],
  evolve: (_, event) => event.data.session_id,
};
