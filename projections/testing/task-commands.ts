import type { Gate, JsonObject, TaskCommand } from '@coord/domain/task/index';

type Pick = <T>(from: readonly T[]) => T;

/** Some command for a task; the first document of a task comes as often as all others together, so that most find one. */
export function taskCommand(task_id: string, pick: Pick, about: { session_id: string; now: number }): TaskCommand {
  const gate = (): Gate => ({ status: pick(['passed', 'failed', 'not_run'] as const), ...pick<object>([{}, { errors: pick([0, 1, 2]) }]) });
  const put = (): TaskCommand => ({
    type: 'PutTask',
    task_id,
    project_key: pick([null, undefined]),
    document: {
      ...{ task_name: 'T', phase: pick([null, 'testing']), status: pick(['in_progress', 'in_progress', 'completed']), current_step: null },
      ...{ completed_steps: pick([[], ['a']]), remaining_steps: [], blocked_on: pick([null, 'x', { reason: 'y' }]), questions_for_coordinator: [] },
      ...{ artifacts: pick([[], [{ path: 'a' }], [{ path: 'a', status: 'draft' }, { path: 'b' }]]), metrics: pick<JsonObject>([{}, { lines: 1.5 }]) },
      ...{ quality_gates: pick<Record<string, Gate>>([{}, { mypy: gate() }, { mypy: gate(), ruff: gate() }]), estimated_completion: null },
    },
    ...about,
  });
  return pick<() => TaskCommand>([
    ...[put, put, put, put],
    () => ({ type: 'TakeSteps', completed: [pick(['a', 'b', 'c'])], ...about }),
    () => ({ type: 'RecordArtifact', artifact: { path: pick(['a', 'c']), type: pick(['test', 'source_code']) }, ...about }),
    () => ({ type: 'ReportGate', name: pick(['mypy', 'pytest']), gate: gate(), ...about }),
    () => ({ type: 'BlockTask', blocked_on: pick(['x', 'z']), ...about }),
    () => ({ type: 'UnblockTask', ...about }),
    () => ({ type: 'CompleteTask', force: pick([true, false]), reason: 'known flake', ...about }),
  ])();
}
