import type { SessionRow } from '@projections/sessions/index';

/** A session as the board shows it. */
export type SessionSummary = {
  session_id: string;
  machine: string | null;
  user: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
  status: 'active' | 'idle' | 'lost';
  registered_at: string;
  last_activity_at: string;
};

/** How long silence takes, in milliseconds, to make a session idle or lost. */
export interface Silence {
  idleAfterMs: number;
  lostAfterMs: number;
}

/** A session as of now (milliseconds). */
export function sessionSummary({ user_name, registered_at, last_activity_at, ...row }: SessionRow, now: number, silence: Silence): SessionSummary {
  const silent = now - last_activity_at.getTime();
  const status = silent >= silence.lostAfterMs ? 'lost' : silent >= silence.idleAfterMs ? 'idle' : 'active';
  return { ...row, user: user_name, status, registered_at: registered_at.toISOString(), last_activity_at: last_activity_at.toISOString() };
}
