import {
  either,
  flag,
  json,
  jsonObject,
  key,
  listOf,
  type Members,
  milliseconds,
  object,
  oneOf,
  optional,
  orNull,
  type StreamShape,
  text,
  time,
} from '../shapes/kinds';
import { taskStream } from './task.decider';
import type { AboutTask, TaskEvent } from './task.events';
import { type Artifact, type Completion, GATE_STATUSES, type Gate, type Json, type JsonObject, type Progress } from './task.state';

const about: Members<AboutTask> = { task_id: key, project_key: orNull(key), session_id: orNull(key), updated: time };
const progress: Members<Progress> = {
  ...{ task_name: text, phase: orNull(text), status: key, current_step: orNull(text), completed_steps: listOf(text), remaining_steps: listOf(text) },
  ...{ questions_for_coordinator: listOf(json<Json>()), metrics: jsonObject<JsonObject>(), estimated_completion: orNull(time), started: time },
};
const changes: Members<Partial<Progress>> = {
  ...{ task_name: optional(text), phase: optional(orNull(text)), status: optional(key), current_step: optional(orNull(text)) },
  ...{ completed_steps: optional(listOf(text)), remaining_steps: optional(listOf(text)) },
  ...{ questions_for_coordinator: optional(listOf(json<Json>())), metrics: optional(jsonObject<JsonObject>()) },
  ...{ estimated_completion: optional(orNull(time)), started: optional(time) },
};
const artifact: Members<Artifact> = {
  ...{ path: text, type: optional(text), status: optional(text), created_at: optional(time), updated_at: optional(time) },
  description: optional(text),
};
const gate = object<Gate>({ status: oneOf(GATE_STATUSES), last_run: optional(time) });
const blocked = { blocked_on: either<string, JsonObject>(text, jsonObject()), blocked_since: time };
const completion: Members<Completion> = {
  ...{ forced: flag, reason: orNull(text), required_gates: orNull(listOf(text)) },
  gates_not_passed: listOf(object({ name: text, status: oneOf([...GATE_STATUSES, 'missing']) })),
};

export const taskShape: StreamShape<TaskEvent> = {
  stream: ({ task_id }) => taskStream(task_id),
  first: 'TaskStarted',
  events: {
    TaskStarted: { ...about, ...progress },
    TaskProgressed: {
      ...{ ...about, changes: object(changes), artifacts_removed: optional(listOf(text)) },
      quality_gates_removed: optional(listOf(text)),
    },
    ArtifactRecorded: { ...about, artifact: object(artifact) },
    QualityGateReported: { ...about, name: key, gate },
    TaskBlocked: { ...about, ...blocked },
    TaskUnblocked: { ...about, ...blocked, unblocked_at: time, blocked_ms: milliseconds },
    TaskCompleted: { ...about, ...completion, started: time, completed_at: time, duration_ms: milliseconds },
  },
};
