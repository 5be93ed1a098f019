import { join } from 'node:path';
import { type TaskEvent, type TaskState, taskDecider } from '@coord/domain/task/index';
import type { Projection, Target } from '@coord/projection-runner/index';
import { gateChanges, type RecordedTaskEvent } from './gate-changes';

const TYPES: ReadonlySet<string> = new Set<TaskEvent['type']>([
  ...(['TaskStarted', 'TaskProgressed', 'ArtifactRecorded', 'QualityGateReported'] as const),
  ...(['TaskBlocked', 'TaskUnblocked', 'TaskCompleted'] as const),
]);

interface Row {
  state: TaskState;
  position: number;
}

/** Each task as it is, and how its project's gates fare. */
export const tasksProjection: Projection = {
  name: 'tasks',
  migrations: join(__dirname, 'migrations'),
  tables: ['tasks', 'states', 'gates'],

  async project(events, target) {
    const changes = (events as RecordedTaskEvent[]).filter(({ type }) => TYPES.has(type));
    if (changes.length === 0) return;
    const before = await known(target, [...new Set(changes.map(({ data }) => data.task_id))]);
    const after = new Map(before);
    for (const event of changes) {
      const { task_id } = event.data;
      const state = taskDecider.evolve(after.get(task_id)?.state ?? null, event);
      if (!state) throw new Error(`${event.type} of the task ${task_id} came before its start.`);
      after.set(task_id, { state, position: after.get(task_id)?.position ?? event.position });
    }
    const states = (rows: Map<string, Row>) => [...rows.values()].map(({ state }) => state);
    await Promise.all([
      upsertTasks(target, [...after.values()]),
      upsertStates(target, states(after)),
      changeGates(target, gateChanges(changes, states(before), states(after))),
    ]);
  },
};

/** The tasks of a batch that are there already, by id. The same rule folds them here as where they are decided about. */
async function known({ sql, table }: Target, ids: string[]): Promise<Map<string, Row>> {
  const rows = await sql<{ task_id: string; state: TaskState; position: string }[]>`
    select task_id, state, position from ${table('tasks')} join ${table('states')} using (task_id) where task_id = any(${ids})`;
  return new Map(rows.map(({ task_id, state, position }) => [task_id, { state, position: Number(position) }]));
}

const tableRow = ({ state, position }: Row) => {
  const { task_id, project_key, status, started, completed_at, blocked_since, blocked_ms } = state;
  const flags = { blocked: state.blocked_on !== null, forced: state.completion?.forced ?? false };
  return { task_id, project_key, status, started, completed_at, blocked_since, blocked_ms, ...flags, position };
};

async function upsertTasks({ sql, table }: Target, rows: Row[]): Promise<void> {
  await sql`
    insert into ${table('tasks')} (task_id, project_key, status, blocked, forced, started, completed_at, blocked_since, blocked_ms, position)
    select task_id, project_key, status, blocked, forced, started, completed_at, blocked_since, blocked_ms, position
    from jsonb_to_recordset(${sql.json(rows.map(tableRow) as never)}) as r (
      task_id text, project_key text, status text, blocked boolean, forced boolean, started timestamptz, completed_at timestamptz,
      blocked_since timestamptz, blocked_ms bigint, position bigint)
    on conflict (task_id) do update set
      project_key = excluded.project_key, status = excluded.status, blocked = excluded.blocked, forced = excluded.forced,
      started = excluded.started, completed_at = excluded.completed_at, blocked_since = excluded.blocked_since,
      blocked_ms = excluded.blocked_ms`;
}

async function upsertStates({ sql, table }: Target, states: TaskState[]): Promise<void> {
  const rows = states.map((state) => ({ task_id: state.task_id, state }));
  await sql`
    insert into ${table('states')} (task_id, state)
    select task_id, state from jsonb_to_recordset(${sql.json(rows as never)}) as r (task_id text, state jsonb)
    on conflict (task_id) do update set state = excluded.state`;
}

async function changeGates({ sql, table }: Target, changes: object[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into ${table('gates')} as g (project_key, name, passed, failed, not_run, reports_passed, reports_failed)
    select project_key, name, passed, failed, not_run, reports_passed, reports_failed
    from jsonb_to_recordset(${sql.json(changes as never)}) as r (
      project_key text, name text, passed bigint, failed bigint, not_run bigint, reports_passed bigint, reports_failed bigint)
    on conflict (project_key, name) do update set
      passed = g.passed + excluded.passed, failed = g.failed + excluded.failed, not_run = g.not_run + excluded.not_run,
      reports_passed = g.reports_passed + excluded.reports_passed, reports_failed = g.reports_failed + excluded.reports_failed`;
}
