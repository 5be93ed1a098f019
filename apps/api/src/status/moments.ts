import { join } from 'node:path';
import { migrate } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';

/** After so many seconds, by the clock of the database, nothing is on its way any more that is older than a board that was shown. */
const SETTLED_AFTER_S = 60;
const AT_ONCE = 1_000;
/** Between two looks, in ms; where there was more than one look takes, the next follows soon. */
const PAUSE_MS = 15_000;
const SHORT_PAUSE_MS = 1_000;

/** Which board was shown at a moment (docs/decisions/0018). Live boards note it in the statement that reads them. */
@Injectable()
export class Moments {
  private nextTidy = 0;

  constructor(private readonly readModels: ReadModels) {}

  prepare(): Promise<unknown> {
    return migrate(this.readModels.sql, { folder: join(__dirname, 'migrations'), schema: 'status' });
  }

  /** The board that was shown at exactly this moment: its position, and the snapshot of the database in which it saw signs of activity. */
  async shownAt(at: Date): Promise<{ position: number; seen: string } | null> {
    const [row] = await this.readModels.sql<{ position: string; seen: string }[]>`
      select position, seen::text from status.moments where at = ${at}`;
    return row ? { position: Number(row.position), seen: row.seen } : null;
  }

  /** Tidies up now and then, however often it is called. @throws StoreUnavailable, ReadModelBehind */
  async tidyWhenDue(): Promise<void> {
    if (performance.now() < this.nextTidy) return;
    const { result: more } = await this.readModels.read(() => this.tidy(), { of: ['history', 'board'] });
    this.nextTidy = performance.now() + (more ? SHORT_PAUSE_MS : PAUSE_MS);
  }

  /**
   * Removes what says no more than its time does: all events up to the position are of that time or before, the next one is of a later time,
   * and the signs seen are those up to that time. Looks at each once, when it is old enough.
   * The read models of history and of the board have to be caught up.
   * @returns whether there may be more
   */
  async tidy(settledAfterS = SETTLED_AFTER_S): Promise<boolean> {
    const [row] = await this.readModels.sql<{ n: number }[]>`
      with due as materialized (
        select * from status.moments where not kept and noted_at < now() - make_interval(secs => ${settledAfterS}::double precision)
        order by noted_at limit ${AT_ONCE}
      ), span as materialized (
        select min(position) as first, max(position) as last from due
      ), start as materialized (
        -- before that, times are known to the last snapshot
        select position, latest_at from board.snapshots where position <= (select first from span) order by position desc limit 1
      ), reached as materialized (
        select position, max(at) over (order by position) as latest_at from (
          select position, latest_at as at from start
          union all
          select e.position, e.at from history.events e
          where e.position > coalesce((select position from start), 0) and e.position <= (select last from span)
        ) as events
      ), telling as (
        select due.at from due
        left join reached on reached.position = due.position
        left join lateral (
          select e.at from history.events e where e.position > due.position order by e.position limit 1
        ) next on true
        where reached.latest_at > due.at or next.at <= due.at
          or exists (select from activity.signs s where s.at <= due.at and s.transaction >= pg_snapshot_xmin(due.seen)
            and not pg_visible_in_snapshot(s.transaction, due.seen))
          or exists (select from activity.signs s where s.at > due.at and s.at <= due.at + interval '1 hour'
            and pg_visible_in_snapshot(s.transaction, due.seen))
      ), kept as (
        update status.moments m set kept = true from telling where m.at = telling.at
      ), gone as (
        delete from status.moments m using due where m.at = due.at and not exists (select from telling where telling.at = due.at)
      )
      select count(*)::int as n, set_config('synchronous_commit', 'off', true) from due`;
    return row?.n === AT_ONCE;
  }
}
