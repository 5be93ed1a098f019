import type { Decider, DomainEvent } from '../decider';

/** Who a session is, as far as it said. */
export type SessionState = {
  session_id: string;
  machine: string | null;
  user: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
  registered_at: string;
};

export type SessionRegistered = DomainEvent<'SessionRegistered', SessionState>;

/** `now` in milliseconds. */
export type RegisterSession = { type: 'RegisterSession'; session: Omit<SessionState, 'registered_at'>; now: number };

export const sessionStream = (id: string): string => `session-${id}`;

/** A session that was never registered may act: its first command registers it. */
export const sessionDecider: Decider<SessionState | null, RegisterSession, SessionRegistered> = {
  initialState: null,
  decide: (command, state) =>
    state ? [] : [{ type: 'SessionRegistered', data: { ...command.session, registered_at: new Date(command.now).toISOString() } }],
  evolve: (_, event) => event.data,
};

/** What a name says by itself: `<MACHINE>/<name>`. */
export const bySessionName = (session_id: string, project_key: string | null): RegisterSession['session'] => {
  const slash = session_id.indexOf('/');
  return { session_id, machine: slash > 0 ? session_id.slice(0, slash) : null, user: null, agent: null, project_key, capabilities: [] };
};
