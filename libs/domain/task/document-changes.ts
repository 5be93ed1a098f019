import type { Problem } from '../problem';
import { completed, gatesNotPassed } from './completion';
import { sameJson } from './same-json';
import type { AboutTask, TaskBlocked, TaskEvent, TaskUnblocked } from './task.events';
import { type Blocker, COMPLETED, type Progress, type TaskDocument, type TaskState } from './task.state';

const PROGRESS = [
  ...(['task_name', 'phase', 'status', 'current_step', 'completed_steps', 'remaining_steps'] as const),
  ...(['questions_for_coordinator', 'metrics', 'estimated_completion', 'started'] as const),
];

/** The events that make a task what `wanted` says; what it leaves out stays. Completing answers to the gates, as it does by its own route. */
export function documentChanges(task: TaskState, wanted: Partial<TaskDocument>, about: AboutTask, now: number): readonly TaskEvent[] | Problem {
  const completes = wanted.status === COMPLETED && task.status !== COMPLETED;
  const gates = wanted.quality_gates ?? task.quality_gates;
  if (completes) {
    const failing = gatesNotPassed(gates);
    if (failing.length > 0) return { problem: 'gates-not-passed', gates: failing };
  }
  const completion = { forced: false, reason: null, required_gates: null, gates_not_passed: [] };
  const events = [
    ...progressed(task, completes ? { ...wanted, status: undefined } : wanted, about),
    ...parts(task, wanted, about),
    // whoever completes a task and says nothing of what it waits for waits no more
    ...blocking(task, completes && wanted.blocked_on === undefined ? null : wanted.blocked_on, about, now),
    ...(completes ? [completed(about, completion, wanted.started ?? task.started, new Date(now).toISOString())] : []),
  ];
  if (events.length === 0 && wanted.updated !== undefined && wanted.updated !== task.updated)
    return [{ type: 'TaskProgressed', data: { ...about, changes: {} } }];
  return events;
}

function progressed(task: TaskState, wanted: Partial<TaskDocument>, about: AboutTask): TaskEvent[] {
  const changed = PROGRESS.filter((field) => wanted[field] !== undefined && !sameJson(task[field], wanted[field]));
  const changes: Partial<Progress> = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
  const paths = new Set(wanted.artifacts?.map(({ path }) => path));
  const artifacts = wanted.artifacts ? task.artifacts.map(({ path }) => path).filter((path) => !paths.has(path)) : [];
  const { quality_gates } = wanted;
  const gates = quality_gates ? Object.keys(task.quality_gates).filter((name) => !Object.hasOwn(quality_gates, name)) : [];
  const moved = task.project_key !== about.project_key;
  if (changed.length === 0 && artifacts.length === 0 && gates.length === 0 && !moved) return [];
  const removed = { ...(artifacts.length > 0 && { artifacts_removed: artifacts }), ...(gates.length > 0 && { quality_gates_removed: gates }) };
  return [{ type: 'TaskProgressed', data: { ...about, changes, ...removed } }];
}

/** The artifacts and gates that are new or different. */
export function parts(task: Pick<TaskState, 'artifacts' | 'quality_gates'>, wanted: Partial<TaskDocument>, about: AboutTask): TaskEvent[] {
  const known = new Map(task.artifacts.map((artifact) => [artifact.path, artifact]));
  const gates = new Map(Object.entries(task.quality_gates));
  return [
    ...(wanted.artifacts ?? [])
      .filter((artifact) => !sameJson(known.get(artifact.path), artifact))
      .map((artifact): TaskEvent => ({ type: 'ArtifactRecorded', data: { ...about, artifact } })),
    ...Object.entries(wanted.quality_gates ?? {})
      .filter(([name, gate]) => !sameJson(gates.get(name), gate))
      .map(([name, gate]): TaskEvent => ({ type: 'QualityGateReported', data: { ...about, name, gate } })),
  ];
}

/** From being blocked, or not, to being blocked on `wanted` (null: on nothing; undefined: as it is). */
export function blocking(
  task: Pick<TaskState, 'blocked_on' | 'blocked_since'>,
  wanted: Blocker | null | undefined,
  about: AboutTask,
  now: number,
): (TaskBlocked | TaskUnblocked)[] {
  if (wanted === undefined || sameJson(task.blocked_on, wanted)) return [];
  const at = new Date(now).toISOString();
  const blocked_since = task.blocked_since ?? at;
  if (wanted !== null) return [{ type: 'TaskBlocked', data: { ...about, blocked_on: wanted, blocked_since } }];
  if (task.blocked_on === null) return [];
  const blocked_ms = Math.max(0, now - Date.parse(blocked_since));
  return [{ type: 'TaskUnblocked', data: { ...about, blocked_on: task.blocked_on, blocked_since, unblocked_at: at, blocked_ms } }];
}
