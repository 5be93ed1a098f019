import type { Decider } from '../decider';
import { invalid, type Problem } from '../problem';
import type { SaidDetails, SessionCommand } from './session.commands';
import type { SessionDetails, SessionEvent, SessionResumed, Statement } from './session.events';
import { evolve, type SessionState, sayingNothing } from './session.state';
import { isLost } from './silence';

type Only<Type extends SessionCommand['type']> = SessionCommand & { type: Type };

/** A heartbeat that says nothing new goes into the log this long after the last one there, in milliseconds; before that it is a sign of life only. */
export const HEARTBEAT_GRAIN = 60_000;

export const sessionStream = (id: string): string => `session-${id}`;

export const sessionDecider: Decider<SessionState | null, SessionCommand, SessionEvent> = {
  initialState: null,
  decide,
  evolve,
  snapshot: { schema: 1, many: true, every: () => 1_000, toJson: (state) => state, fromJson: (json) => json as SessionState | null },
};

function decide(command: SessionCommand, state: SessionState | null): readonly SessionEvent[] | Problem {
  switch (command.type) {
    case 'RegisterSession':
      return register(command, state);
    case 'RecordHeartbeat':
      return heartbeat(command, state);
    case 'EndSession': {
      if (!state) return { problem: 'not-found', what: 'session with this id' };
      const { session_id, project_key } = state;
      const { reason } = command;
      return state.standing === 'ended' ? [] : [{ type: 'SessionEnded', data: { session_id, project_key, ended_at: iso(command.now), reason } }];
    }
    case 'LoseSession':
      return lose(command, state);
    case 'ResumeSession':
      return state ? resumed(state, command.resumed_at) : [];
  }
}

/** A session that was never registered may act: its first command registers it. One that had ended, or was lost, is there again by acting. */
function register({ session, said = {}, free, now }: Only<'RegisterSession'>, state: SessionState | null): readonly SessionEvent[] | Problem {
  if (free && state) return invalid('session_id', 'is taken');
  if (!state) return [{ type: 'SessionRegistered', data: { ...described(session, said), registered_at: iso(now) } }];
  const back = resumed(state, iso(now));
  const { machine, user, agent, project_key, capabilities, registered_at, session_id } = state;
  const known = { session_id, machine, user, agent, project_key, capabilities };
  const details = described(known, said);
  return JSON.stringify(details) === JSON.stringify(known) ? back : [...back, { type: 'SessionRegistered', data: { ...details, registered_at } }];
}

/** The same members in the same order, whatever was said. */
const described = ({ session_id, ...known }: SessionDetails, said: SaidDetails): SessionDetails => ({
  session_id,
  machine: said.machine === undefined ? known.machine : said.machine,
  user: said.user === undefined ? known.user : said.user,
  agent: said.agent === undefined ? known.agent : said.agent,
  project_key: said.project_key === undefined ? known.project_key : said.project_key,
  capabilities: said.capabilities ?? known.capabilities,
});

function heartbeat({ session, said, project_key, now }: Only<'RecordHeartbeat'>, before: SessionState | null): readonly SessionEvent[] {
  const at = iso(now);
  const first: SessionEvent[] = before
    ? resumed(before, at)
    : [{ type: 'SessionRegistered', data: { ...described(session, { project_key }), registered_at: at } }];
  const state = first.reduce(evolve, before) as SessionState;
  const last = state.last_heartbeat;
  const statement = said ?? (last ? statementOf(last) : sayingNothing);
  const project = project_key === undefined ? state.project_key : project_key;
  const isNews =
    first.length > 0 || !last || !isSame(statement, last) || project !== state.project_key || now - Date.parse(last.at) >= HEARTBEAT_GRAIN;
  if (!isNews) return first;
  return [...first, { type: 'SessionHeartbeat', data: { session_id: state.session_id, project_key: project, at, ...statement } }];
}

const FIELDS = Object.keys(sayingNothing) as (keyof Statement)[];
const isSame = (a: Statement, b: Statement): boolean => FIELDS.every((field) => a[field] === b[field]);
const statementOf = ({ at: _, ...statement }: { at: string } & Statement): Statement => statement;

/** What the read models saw counts as much as this stream does: signs of life are in both. */
function lose({ last_activity_at, lost_after, now }: Only<'LoseSession'>, state: SessionState | null): readonly SessionEvent[] {
  if (state?.standing !== 'open') return [];
  const seen = last_activity_at < state.last_sign_at ? state.last_sign_at : last_activity_at;
  if (!isLost(seen, now, lost_after)) return [];
  const { session_id, project_key } = state;
  const lost_at = iso(Date.parse(seen) + lost_after);
  return [{ type: 'SessionLost', actor: null, data: { session_id, project_key, lost_at, last_activity_at: seen } }];
}

function resumed({ standing, session_id, project_key }: SessionState, resumed_at: string): SessionResumed[] {
  return standing === 'open' ? [] : [{ type: 'SessionResumed', data: { session_id, project_key, resumed_at, after: standing } }];
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** What a name says by itself: `<MACHINE>/<name>`. */
export const bySessionName = (session_id: string, project_key: string | null): SessionDetails => {
  const slash = session_id.indexOf('/');
  return { session_id, machine: slash > 0 ? session_id.slice(0, slash) : null, user: null, agent: null, project_key, capabilities: [] };
};
