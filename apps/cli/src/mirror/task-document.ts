import type { Task } from '@coord/client/index';
import { isObject, type JsonObject } from './json-values';

/** `current-task.json`, as far as it can be compared: times in UTC, what was left out as empty, artifacts by their paths; without `updated`. */
export type ComparableTask = JsonObject;

/** The members of a task's file, in the order of reference 003. */
const MEMBERS = [
  ...(['task_id', 'task_name', 'phase', 'started', 'updated', 'estimated_completion', 'status', 'current_step'] as const),
  ...(['completed_steps', 'remaining_steps', 'blocked_on', 'questions_for_coordinator', 'artifacts', 'quality_gates', 'metrics'] as const),
];

/** A task of the engine as its file. */
export const fileOf = (task: Task): JsonObject => Object.fromEntries(MEMBERS.map((name) => [name, task[name]]));

/** What `fileOf` gives and what agents write, made comparable. `started` is null where a document leaves it to the engine. */
export function comparable(document: JsonObject): ComparableTask {
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const members = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);
  return {
    ...{ task_name: document.task_name, phase: document.phase ?? null, status: document.status, current_step: document.current_step ?? null },
    completed_steps: list(document.completed_steps),
    remaining_steps: list(document.remaining_steps),
    blocked_on: document.blocked_on ?? null,
    questions_for_coordinator: list(document.questions_for_coordinator),
    metrics: isObject(document.metrics) ? document.metrics : {},
    started: inUtc(document.started),
    estimated_completion: inUtc(document.estimated_completion),
    artifacts: Object.fromEntries(
      list(document.artifacts).map((artifact) => [String(isObject(artifact) ? artifact.path : artifact), timed(artifact)]),
    ),
    quality_gates: Object.fromEntries(members(document.quality_gates).map(([name, gate]) => [name, timed(gate)])),
  };
}

/** The document that a comparable task stands for. */
export function documentFrom(task: ComparableTask): JsonObject {
  const { artifacts, started, ...rest } = task;
  return { ...rest, artifacts: isObject(artifacts) ? Object.values(artifacts) : [], ...(started !== null && { started }) };
}

const TIMES = ['created_at', 'updated_at', 'last_run'];

const timed = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, TIMES.includes(name) ? inUtc(member) : member])) : value;

function inUtc(time: unknown): unknown {
  if (typeof time !== 'string') return null;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : new Date(ms).toISOString();
}
