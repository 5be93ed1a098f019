import type { AboutTask, TaskCompleted } from './task.events';
import type { Completion, Gate, GateNotPassed } from './task.state';

/** The gates among the required ones that have not passed; without `required`, among those that were reported. */
export function gatesNotPassed(gates: Readonly<Record<string, Gate>>, required?: readonly string[] | null): GateNotPassed[] {
  return [...new Set(required ?? Object.keys(gates))]
    .map((name) => ({ name, status: (Object.hasOwn(gates, name) ? gates[name]?.status : undefined) ?? ('missing' as const) }))
    .filter(({ status }) => status !== 'passed');
}

/** `completedAt` in ISO 8601 UTC. A start that lies after it, by whoever's clock, makes no negative duration. */
export function completed(about: AboutTask, completion: Completion, started: string, completedAt: string): TaskCompleted {
  const duration_ms = Math.max(0, Date.parse(completedAt) - Date.parse(started));
  return { type: 'TaskCompleted', data: { ...about, ...completion, started, completed_at: completedAt, duration_ms } };
}
