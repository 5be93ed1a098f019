import type { TaskEvent } from './task.events';
import { COMPLETED, type TaskState } from './task.state';

/** The task after an event. Null: there is none yet. */
export function evolve(state: TaskState | null, event: TaskEvent): TaskState | null {
  if (event.type === 'TaskStarted') return { ...UNTOUCHED, ...event.data };
  if (!state) return null;
  const { project_key, updated } = event.data;
  return changed({ ...state, project_key, updated, revision: state.revision + 1 }, event);
}

const UNTOUCHED = {
  artifacts: [],
  quality_gates: {},
  blocked_on: null,
  blocked_since: null,
  blocked_ms: 0,
  completed_at: null,
  completion: null,
  revision: 1,
};

function changed(task: TaskState, event: Exclude<TaskEvent, { type: 'TaskStarted' }>): TaskState {
  switch (event.type) {
    case 'TaskProgressed': {
      const { changes, session_id, artifacts_removed, quality_gates_removed } = event.data;
      return {
        ...task,
        ...changes,
        ...(changes.status !== undefined && { completed_at: null, completion: null }),
        ...(artifacts_removed && { artifacts: task.artifacts.filter(({ path }) => !artifacts_removed.includes(path)) }),
        ...(quality_gates_removed && { quality_gates: without(task.quality_gates, quality_gates_removed) }),
        session_id: session_id ?? task.session_id,
      };
    }
    case 'ArtifactRecorded': {
      const { artifact } = event.data;
      const at = task.artifacts.findIndex(({ path }) => path === artifact.path);
      return { ...task, artifacts: at < 0 ? [...task.artifacts, artifact] : task.artifacts.with(at, artifact) };
    }
    case 'QualityGateReported':
      return { ...task, quality_gates: { ...task.quality_gates, [event.data.name]: event.data.gate } };
    case 'TaskBlocked':
      return { ...task, blocked_on: event.data.blocked_on, blocked_since: event.data.blocked_since };
    case 'TaskUnblocked':
      return { ...task, blocked_on: null, blocked_since: null, blocked_ms: task.blocked_ms + event.data.blocked_ms };
    case 'TaskCompleted': {
      const { completed_at, forced, reason, required_gates, gates_not_passed } = event.data;
      return { ...task, status: COMPLETED, completed_at, completion: { forced, reason, required_gates, gates_not_passed } };
    }
  }
}

const without = <T>(from: Record<string, T>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
