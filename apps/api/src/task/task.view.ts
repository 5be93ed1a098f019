import type { TaskState } from '@coord/domain/task/index';
import type { JsonObject } from '@coord/event-store/index';

/** A task as it goes over the wire: the document in the order of the coordinator protocol, then what the engine knows beside it. */
export const taskView = (task: TaskState): JsonObject =>
  ({
    task_id: task.task_id,
    task_name: task.task_name,
    phase: task.phase,
    started: task.started,
    updated: task.updated,
    estimated_completion: task.estimated_completion,
    status: task.status,
    current_step: task.current_step,
    completed_steps: task.completed_steps,
    remaining_steps: task.remaining_steps,
    blocked_on: task.blocked_on,
    questions_for_coordinator: task.questions_for_coordinator,
    artifacts: task.artifacts,
    quality_gates: task.quality_gates,
    metrics: task.metrics,
    project_key: task.project_key,
    session_id: task.session_id,
    blocked_since: task.blocked_since,
    blocked_ms: task.blocked_ms,
    completed_at: task.completed_at,
    completion: task.completion,
    revision: task.revision,
  }) as JsonObject;
