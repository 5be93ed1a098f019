import type { Sql } from 'postgres';

/** Times in milliseconds; null where there is nothing to measure. */
export interface TaskFigures {
  by_status: Record<string, number>;
  total: number;
  completed: number;
  blocked: number;
  forced: number;
  average_ms: number | null;
  median_ms: number | null;
  shortest_ms: number | null;
  longest_ms: number | null;
  /** Tasks that were ever blocked, and for how long; a block that lasts counts up to now. */
  ever_blocked: number;
  blocked_ms: number;
  longest_blocked_ms: number;
}

export interface GateFigures {
  name: string;
  passed: number;
  failed: number;
  not_run: number;
  reports_passed: number;
  reports_failed: number;
}

/** More gates than any project has. */
const MOST_GATES = 500;

/** Counts and times of a project's tasks, or of all. `now` ends the blocks that last. */
export async function taskFigures(sql: Sql, projectKey: string | undefined, now: Date): Promise<TaskFigures> {
  const [row] = await sql<TaskFigures[]>`
    with measured as (
      select status, blocked, forced, completed_at is not null as completed,
        case when completed_at is not null then greatest(0, date_part('epoch', completed_at - started) * 1000) end as duration,
        blocked_ms + case when blocked_since is null then 0
          else greatest(0, date_part('epoch', coalesce(completed_at, ${now}) - blocked_since) * 1000) end as blocked_for,
        blocked_ms > 0 or blocked_since is not null as ever_blocked
      from tasks.tasks
      where ${projectKey === undefined ? sql`true` : sql`project_key = ${projectKey}`}
    )
    select count(*)::int as total,
      count(*) filter (where completed)::int as completed,
      count(*) filter (where blocked)::int as blocked,
      count(*) filter (where forced)::int as forced,
      round(avg(duration))::float8 as average_ms,
      round(percentile_cont(0.5) within group (order by duration::float8))::float8 as median_ms,
      round(min(duration))::float8 as shortest_ms,
      round(max(duration))::float8 as longest_ms,
      count(*) filter (where ever_blocked)::int as ever_blocked,
      coalesce(round(sum(blocked_for)), 0)::float8 as blocked_ms,
      coalesce(round(max(blocked_for)), 0)::float8 as longest_blocked_ms,
      coalesce((select jsonb_object_agg(status, n) from (select status, count(*) as n from measured group by status) s), '{}') as by_status
    from measured`;
  if (!row) throw new Error('An aggregate gave no row.');
  return row;
}

/** How the gates of a project's tasks, or of all, stand and fared; the most used first. */
export const gateFigures = (sql: Sql, projectKey: string | undefined): Promise<GateFigures[]> => sql<GateFigures[]>`
  select name, sum(passed)::int as passed, sum(failed)::int as failed, sum(not_run)::int as not_run,
    sum(reports_passed)::float8 as reports_passed, sum(reports_failed)::float8 as reports_failed
  from tasks.gates
  where passed + failed + not_run + reports_passed + reports_failed > 0
    ${projectKey === undefined ? sql`` : sql`and project_key = ${projectKey}`}
  group by name order by sum(passed + failed + not_run) desc, name limit ${MOST_GATES}`;
