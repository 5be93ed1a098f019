import { join } from 'node:path';
import { type TaskEvent, type TaskState, taskDecider } from '@coord/domain/task/index';
import type { Projection, Target } from '@coord/projection-runner/index';
import { gateRows, type RecordedTaskEvent } from './gate-rows';

const TYPES: ReadonlySet<string> = new Set<TaskEvent['type']>([
  ...(['TaskStarted', 'TaskProgressed', 'ArtifactRecorded', 'QualityGateReported'] as const),
  ...(['TaskBlocked', 'TaskUnblocked', 'TaskCompleted'] as const),
]);

interface Row {
  state: TaskState;
  position: number;
}

/** Each task as it is, and how its gates fared. */
export const tasksProjection: Projection = {
  name: 'tasks',
  migrations: join(__dirname, 'migrations'),
  tables: ['tasks', 'gates'],

  async project(events, target) {
    const changes = (events as RecordedTaskEvent[]).filter(({ type }) => TYPES.has(type));
    if (changes.length === 0) return;
    const rows = await known(target, [...new Set(changes.map(({ data }) => data.task_id))]);
    for (const event of changes) {
      const before = rows.get(event.data.task_id);
      const state = taskDecider.evolve(before?.state ?? null, event);
      if (!state) throw new Error(`${event.type} of the task ${event.data.task_id} came before its start.`);
      rows.set(event.data.task_id, { state, position: before?.position ?? event.position });
    }
    await Promise.all([upsertTasks(target, [...rows.values()]), upsertGates(target, gateRows(changes))]);
  },
};

/** The tasks of a batch that are there already, by id. The same rule folds them here as where they are decided about. */
async function known({ sql, table }: Target, ids: string[]): Promise<Map<string, Row>> {
  const rows = await sql<{ task_id: string; state: TaskState; position: string }[]>`
    select task_id, state, position from ${table('tasks')} where task_id = any(${ids})`;
  return new Map(rows.map(({ task_id, state, position }) => [task_id, { state, position: Number(position) }]));
}

const tableRow = ({ state, position }: Row) => {
  const { task_id, project_key, status, started, completed_at, blocked_since, blocked_ms } = state;
  const flags = { blocked: state.blocked_on !== null, forced: state.completion?.forced ?? false };
  return { task_id, project_key, status, started, completed_at, blocked_since, blocked_ms, ...flags, state, position };
};

async function upsertTasks({ sql, table }: Target, rows: Row[]): Promise<void> {
  await sql`
    insert into ${table('tasks')} (task_id, project_key, status, blocked, forced, started, completed_at, blocked_since, blocked_ms, state, position)
    select task_id, project_key, status, blocked, forced, started, completed_at, blocked_since, blocked_ms, state, position
    from jsonb_to_recordset(${sql.json(rows.map(tableRow) as never)}) as r (
      task_id text, project_key text, status text, blocked boolean, forced boolean, started timestamptz, completed_at timestamptz,
      blocked_since timestamptz, blocked_ms bigint, state jsonb, position bigint)
    on conflict (task_id) do update set
      project_key = excluded.project_key, status = excluded.status, blocked = excluded.blocked, forced = excluded.forced,
      started = excluded.started, completed_at = excluded.completed_at, blocked_since = excluded.blocked_since,
      blocked_ms = excluded.blocked_ms, state = excluded.state`;
}

async function upsertGates({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('gates')} as g (task_id, name, status, reports_passed, reports_failed)
    select task_id, name, status, reports_passed, reports_failed
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      task_id text, name text, status text, reports_passed bigint, reports_failed bigint)
    on conflict (task_id, name) do update set
      status = excluded.status, reports_passed = g.reports_passed + excluded.reports_passed,
      reports_failed = g.reports_failed + excluded.reports_failed`;
}
