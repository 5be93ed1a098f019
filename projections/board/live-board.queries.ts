import { sendWhole } from '@coord/projection-runner/index';
import { listComponents } from '@projections/components/index';
import { countUnreadOf, countUnreadOfAll, countUnreadOfSessions, listUnanswered } from '@projections/inbox/index';
import { listLocks, locksHeldBy } from '@projections/locks/index';
import { liveSessions, type SessionRow } from '@projections/sessions/index';
import { listWorkflows, workCounts } from '@projections/work/index';
import type { Fragment, Sql } from 'postgres';
import { type BoardFilter, type BoardMoment, type BoardRows, COMPONENTS_SHOWN, MOST_SHOWN, type SessionOnBoard } from './board-rows';
import { withDates } from './with-dates';

/** The read models that a live board is made of. */
export const LIVE_BOARD_MODELS: readonly string[] = ['locks', 'components', 'sessions', 'inbox', 'work'];

export interface LiveBoard {
  rows: BoardRows;
  /** How far the read models were: of the one furthest behind, and of the one furthest on. The rows are those of one position where both are the same. */
  behind: number;
  ahead: number;
  /** Whether the moment was noted. It was not where another board with other contents has that moment already. */
  noted: boolean;
}

/**
 * The board as it is: one statement, so all of it comes from one snapshot of the database. The moment is noted in `status.moments`, by the
 * same snapshot: with the position, and with which signs of activity beside the log could be seen.
 */
export async function liveBoard(sql: Sql, filter: BoardFilter, moment: BoardMoment): Promise<LiveBoard> {
  const [row] = await sendWhole<Answer[]>(sql, (part) => boardStatement(part, filter, moment));
  if (!row) throw new Error('An aggregate has one row.');
  const { behind, ahead, noted, locks, components, workflows, sessions, held, unread, unread_messages, work, blockers } = row;
  const shown = withDates(locks);
  return {
    behind: Number(behind),
    ahead: Number(ahead),
    noted,
    rows: {
      locks: shown,
      components: withDates(components),
      workflows: withDates(workflows),
      sessions: onBoard(withDates(sessions), inOrder([...shown, ...withDates(held)]), unread),
      unread_messages: Number(unread_messages),
      work,
      blockers: withDates(blockers),
    },
  };
}

function boardStatement(sql: Sql, filter: BoardFilter, moment: BoardMoment): Fragment {
  const now = new Date(moment.now);
  const locks = listLocks(sql, { projectKey: filter.projectKey, limit: MOST_SHOWN, now, staleBefore: now });
  return sql`
    with checkpoints as materialized (
      select min(position) as behind, max(position) as ahead from projection.checkpoints where name = any(${LIVE_BOARD_MODELS as string[]}::text[])
    ),
    live as materialized (${liveSessions(sql, filter.projectKey, MOST_SHOWN)}),
    shown as materialized (${locks}),
    noted as (${noting(sql, now)})
    select behind, ahead, exists (select from noted) as noted, set_config('synchronous_commit', 'off', true), ${parts(sql, filter, moment)}
    from checkpoints`;
}

type Lists = Pick<BoardRows, 'locks' | 'components' | 'workflows' | 'work' | 'blockers'>;
interface Answer extends Lists {
  behind: string;
  ahead: string;
  noted: boolean;
  unread_messages: string;
  sessions: SessionRow[];
  /** What these sessions hold beside the `locks`. */
  held: BoardRows['locks'];
  unread: { session_id: string; n: number }[];
}

function parts(sql: Sql, { projectKey, sessionId }: BoardFilter, { now, broadcastForMs, idleAfterMs }: BoardMoment): Fragment {
  const at = new Date(now);
  const broadcastsSince = new Date(now - broadcastForMs);
  const names = sql`array(select session_id from live)`;
  const list = (query: Fragment): Fragment => sql`(select coalesce(json_agg(part), '[]') from (${query}) as part)`;
  const unread =
    sessionId === undefined
      ? countUnreadOfAll(sql, { projectKey, broadcastsSince, activeSince: new Date(now - idleAfterMs) })
      : countUnreadOf(sql, sessionId, { projectKey, broadcastsSince });
  return sql`
    ${list(sql`select * from shown`)} as locks,
    ${list(listComponents(sql, { projectKey, limit: COMPONENTS_SHOWN }))} as components,
    ${list(listWorkflows(sql, { projectKey, notOver: true, limit: MOST_SHOWN }))} as workflows,
    ${list(sql`select * from live`)} as sessions,
    ${list(locksHeldBy(sql, names, at, sql`array(select id from shown)`))} as held,
    ${list(countUnreadOfSessions(sql, names, broadcastsSince))} as unread,
    (${unread}) as unread_messages,
    (select to_json(counts) from (${workCounts(sql, projectKey)}) as counts) as work,
    ${list(listUnanswered(sql, { projectKey, type: 'blocker', limit: MOST_SHOWN }))} as blockers`;
}

/**
 * A moment is one board's alone, or it would not say which one was seen; boards of the same position and the same signs are one. What this
 * snapshot does not see of the other's signs it can't compare, so the other's snapshot must not be the later one.
 */
const noting = (sql: Sql, at: Date): Fragment => sql`
  insert into status.moments as known (at, position, seen)
  select ${at}, behind, pg_current_snapshot() from checkpoints where behind = ahead
  on conflict (at) do update set at = excluded.at
  where known.position = excluded.position
    and pg_snapshot_xmax(known.seen) <= pg_snapshot_xmax(excluded.seen)
    and not exists (select from pg_snapshot_xip(excluded.seen) as under_way where pg_visible_in_snapshot(under_way, known.seen))
    and not exists (
      select from activity.signs where transaction >= pg_snapshot_xmin(known.seen)
        and pg_visible_in_snapshot(transaction, known.seen) <> pg_visible_in_snapshot(transaction, excluded.seen))
  returning at`;

const inOrder = (locks: BoardRows['locks']): BoardRows['locks'] => locks.sort((a, b) => Number(a.position) - Number(b.position));

function onBoard(rows: SessionRow[], held: BoardRows['locks'], unread: Answer['unread']): SessionOnBoard[] {
  const sessions = new Map(rows.map((row) => [row.session_id, { row, locks: [] as BoardRows['locks'], unread: 0 }]));
  for (const lock of held) sessions.get(lock.session_id)?.locks.push(lock);
  for (const { session_id, n } of unread) {
    const session = sessions.get(session_id);
    if (session) session.unread = n;
  }
  return [...sessions.values()];
}
