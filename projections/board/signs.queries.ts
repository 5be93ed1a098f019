import type { Sql } from 'postgres';
import type { SignsOf } from './sessions-on-board';

/** Which signs count: those up to a moment, or those that a snapshot of the database could see, whatever the clock of who noted them said. */
export type SignsSeen = { until: Date } | { seen: string; around: Date };

/** By how much, in milliseconds, the clocks of two instances may differ at most. */
const SKEW_MS = 3_600_000;

/** The last signs of these sessions beside the log; one without any is left out. */
export async function signsOf(sql: Sql, sessions: readonly string[], which: SignsSeen): Promise<SignsOf> {
  const until = 'until' in which ? which.until : new Date(which.around.getTime() + SKEW_MS);
  const visible = 'until' in which ? sql`` : sql`and pg_visible_in_snapshot(transaction, ${which.seen}::text::pg_snapshot)`;
  const rows = await sql<{ session_id: string; at: Date; heartbeat_at: Date | null }[]>`
    select asked.session_id, any_sign.at, (
      select s.at from activity.signs s where s.session_id = asked.session_id and heartbeat and s.at <= ${until} ${visible} order by s.at desc limit 1
    ) as heartbeat_at
    from unnest(${sessions as string[]}::text[]) as asked (session_id)
    cross join lateral (
      select s.at from activity.signs s where s.session_id = asked.session_id and s.at <= ${until} ${visible} order by s.at desc limit 1
    ) as any_sign`;
  return new Map(
    rows.map(({ session_id, at, heartbeat_at }) => [session_id, { at: at.toISOString(), heartbeat_at: heartbeat_at?.toISOString() ?? null }]),
  );
}
