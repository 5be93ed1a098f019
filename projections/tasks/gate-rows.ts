import type { GateStatus, TaskEvent } from '@coord/domain/task/index';
import type { RecordedEvent } from '@coord/projection-runner/index';

export type RecordedTaskEvent = RecordedEvent & TaskEvent;

export interface GateRow {
  task_id: string;
  name: string;
  /** Null: the task does not have this gate any more. */
  status: GateStatus | null;
  /** How many reports of the batch said so. */
  reports_passed: number;
  reports_failed: number;
}

/** What a batch says of gates: one row for each, with its last status and the number of its reports. */
export function gateRows(events: readonly RecordedTaskEvent[]): GateRow[] {
  const rows = new Map<string, GateRow>();
  const say = (task_id: string, name: string, status: GateStatus | null): void => {
    const key = JSON.stringify([task_id, name]);
    const { reports_passed, reports_failed } = rows.get(key) ?? { reports_passed: 0, reports_failed: 0 };
    const counted = {
      reports_passed: reports_passed + (status === 'passed' ? 1 : 0),
      reports_failed: reports_failed + (status === 'failed' ? 1 : 0),
    };
    rows.set(key, { task_id, name, status, ...counted });
  };
  for (const { type, data } of events) {
    if (type === 'QualityGateReported') say(data.task_id, data.name, data.gate.status);
    else if (type === 'TaskProgressed') for (const name of data.quality_gates_removed ?? []) say(data.task_id, name, null);
  }
  return [...rows.values()];
}
