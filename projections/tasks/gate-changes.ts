import type { GateStatus, TaskEvent, TaskState } from '@coord/domain/task/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { GateFigures } from './metrics.queries';

export type RecordedTaskEvent = RecordedEvent & TaskEvent;

/** By how much a batch changes the figures of one gate in one project (empty: in none). */
export interface GateChange extends GateFigures {
  project_key: string;
}

/**
 * What a batch changes in the figures of gates, from the tasks as they were before and after it. A gate that is touched has a change,
 * also where it comes to nothing: the rows must not depend on how the log is cut.
 */
export function gateChanges(events: readonly RecordedTaskEvent[], before: readonly TaskState[], after: readonly TaskState[]): GateChange[] {
  const changes = new Map<string, GateChange>();
  const of = (project: string | null, name: string): GateChange => {
    const key = JSON.stringify([project, name]);
    const none = { project_key: project ?? '', name, passed: 0, failed: 0, not_run: 0, reports_passed: 0, reports_failed: 0 };
    const change = changes.get(key) ?? none;
    changes.set(key, change);
    return change;
  };
  const count = (tasks: readonly TaskState[], by: 1 | -1): void => {
    for (const { project_key, quality_gates } of tasks)
      for (const [name, { status }] of Object.entries(quality_gates)) of(project_key, name)[status] += by;
  };
  count(before, -1);
  count(after, 1);
  for (const { type, data } of events) {
    if (type === 'QualityGateReported') report(of(data.project_key, data.name), data.gate.status);
    else if (type === 'TaskProgressed') for (const name of data.quality_gates_removed ?? []) of(data.project_key, name);
  }
  return [...changes.values()];
}

function report(change: GateChange, status: GateStatus): void {
  if (status === 'passed') change.reports_passed += 1;
  else if (status === 'failed') change.reports_failed += 1;
}
