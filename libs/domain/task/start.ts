import { completed, gatesNotPassed } from './completion';
import { blocking, parts } from './document-changes';
import type { WholeDocument } from './task.commands';
import type { AboutTask, TaskEvent } from './task.events';
import { COMPLETED } from './task.state';

const NOTHING = { artifacts: [], quality_gates: {}, blocked_on: null, blocked_since: null };

/**
 * The events of a task's first document. One that was completed elsewhere is taken as it is, and the record names the gates that
 * had not passed; as far as anyone knows it was completed when it was last updated.
 */
export function start(document: WholeDocument, about: AboutTask, now: number): readonly TaskEvent[] {
  const { blocked_on, artifacts: _artifacts, quality_gates, updated, started = new Date(now).toISOString(), ...progress } = document;
  const ends = progress.status === COMPLETED;
  const completion = { forced: false, reason: null, required_gates: null, gates_not_passed: gatesNotPassed(quality_gates) };
  const completedAt = Math.min(now, updated === undefined ? now : Date.parse(updated));
  return [
    { type: 'TaskStarted', data: { ...about, ...progress, status: ends ? 'in_progress' : progress.status, started } },
    ...parts(NOTHING, document, about),
    ...blocking(NOTHING, blocked_on, about, now),
    ...(ends ? [completed(about, completion, started, new Date(completedAt).toISOString())] : []),
  ];
}
