import type { LockRow } from '@projections/locks/index';
import { type BoardFilter, type BoardMoment, type BoardRows, COMPONENTS_SHOWN, MOST_SHOWN, type SessionOnBoard } from './board-rows';
import type { BoardState } from './board-state';
import type { SignsOf } from './sessions-on-board';

type Unread = ReturnType<BoardState['messages']['unread']>;

/** The rows that a live board had at the moment after the state's last event. `signs`: of sessions beside the log, as of that moment. */
export function rowsAt(state: BoardState, { projectKey, sessionId }: BoardFilter, { now, ...spans }: BoardMoment, signs: SignsOf): BoardRows {
  const broadcastsSince = iso(now - spans.broadcastForMs);
  const locks = state.locks.rows(iso(now), (session) => state.sessions.lastActivityOf(session, signs));
  const holders = projectKey === undefined ? new Set<string>() : state.locks.holdersIn(projectKey);
  const sessions = state.sessions.rows({ projectKey, holders, signs, limit: MOST_SHOWN });
  const unread = state.messages.unread(projectKey, broadcastsSince);
  const active = (): string[] => state.sessions.activeSince(iso(now - spans.idleAfterMs), signs);
  return {
    locks: locks.filter((lock) => projectKey === undefined || lock.project_key === projectKey).slice(0, MOST_SHOWN),
    components: state.components.rows(projectKey, COMPONENTS_SHOWN),
    sessions: withBelongings(sessions, locks, state.messages.unread(undefined, broadcastsSince)),
    unread_messages: sessionId === undefined ? unreadByAny(unread, active()) : unreadBy(unread, sessionId),
    ...state.work.rows(projectKey, MOST_SHOWN),
    blockers: state.messages.blockers(projectKey, MOST_SHOWN),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

const unreadBy = ({ direct, broadcasts }: Unread, session: string): number =>
  direct.filter(({ to }) => to === session).length + broadcasts.filter(({ from, readers }) => from !== session && !readers.has(session)).length;

/** Direct messages unread by their addressees, and broadcasts that some active session has not read. */
const unreadByAny = ({ direct, broadcasts }: Unread, active: readonly string[]): number =>
  direct.length + broadcasts.filter(({ from, readers }) => active.some((session) => session !== from && !readers.has(session))).length;

function withBelongings(rows: SessionOnBoard['row'][], locks: readonly LockRow[], { direct, broadcasts }: Unread): SessionOnBoard[] {
  const sessions = new Map(rows.map((row): [string, SessionOnBoard] => [row.session_id, { row, locks: [], unread: broadcasts.length }]));
  for (const lock of locks) sessions.get(lock.session_id)?.locks.push(lock);
  const add = (session: string, n: number): void => {
    const one = sessions.get(session);
    if (one) one.unread += n;
  };
  for (const { to } of direct) add(to, 1);
  for (const { from, readers } of broadcasts) {
    add(from, -1);
    for (const reader of readers) if (reader !== from) add(reader, -1);
  }
  return [...sessions.values()];
}
