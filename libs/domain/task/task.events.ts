import type { DomainEvent } from '../decider';
import type { Artifact, Blocker, Completion, Gate, Progress } from './task.state';

/** In every event of a task. `session_id`: whose doing it was; null for callers that don't say. `updated`: what the task's own `updated` becomes. */
export type AboutTask = { task_id: string; project_key: string | null; session_id: string | null; updated: string };

export type TaskStarted = DomainEvent<'TaskStarted', AboutTask & Progress>;
/** `changes` holds the new values of what changed, whole; what was dropped is named. */
export type TaskProgressed = DomainEvent<
  'TaskProgressed',
  AboutTask & { changes: Partial<Progress>; artifacts_removed?: string[]; quality_gates_removed?: string[] }
>;
export type ArtifactRecorded = DomainEvent<'ArtifactRecorded', AboutTask & { artifact: Artifact }>;
export type QualityGateReported = DomainEvent<'QualityGateReported', AboutTask & { name: string; gate: Gate }>;
/** `blocked_since`: when the block began; another reason does not begin it anew. */
export type TaskBlocked = DomainEvent<'TaskBlocked', AboutTask & { blocked_on: Blocker; blocked_since: string }>;
export type TaskUnblocked = DomainEvent<
  'TaskUnblocked',
  AboutTask & { blocked_on: Blocker; blocked_since: string; unblocked_at: string; blocked_ms: number }
>;
export type TaskCompleted = DomainEvent<'TaskCompleted', AboutTask & Completion & { started: string; completed_at: string; duration_ms: number }>;

export type TaskEvent = TaskStarted | TaskProgressed | ArtifactRecorded | QualityGateReported | TaskBlocked | TaskUnblocked | TaskCompleted;
