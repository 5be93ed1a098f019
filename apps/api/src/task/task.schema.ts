import { named, nullable, object, type Schema, TIME } from '../http/schema';
import { ARTIFACT, GATE_REPORT, TASK_PATCH, TASK_PROGRESS } from '../schemas/task-progress.schema';

const OWN: Record<string, Schema> = {
  session_id: { type: ['string', 'null'], minLength: 1, maxLength: 200, description: 'The session that says so.' },
  lock_id: { type: 'string', format: 'uuid', description: 'Write only while this lock is live, under the `fence` that it was granted with.' },
  fence: { type: 'integer', minimum: 1, description: 'The fence of `lock_id`.' },
};

/** A document as a body, with the fields of the API beside its own. `said` stands in the path. */
function bodyOf({ $schema: _s, $id: _i, ...schema }: Schema, said: readonly string[] = []): Schema {
  const required = [schema.required ?? []].flat().filter((name) => !said.includes(String(name)));
  const { required: _, ...rest } = schema;
  return { ...rest, ...(required.length > 0 && { required }), properties: { ...(schema.properties as Record<string, Schema>), ...OWN } };
}

export const TASK_BODY = bodyOf(TASK_PROGRESS, ['task_id']);
export const PATCH_BODY = bodyOf(TASK_PATCH);
export const ARTIFACT_BODY = bodyOf(ARTIFACT);
export const GATE_BODY = bodyOf(GATE_REPORT);

const MS = { type: 'integer', description: 'Milliseconds.' };
const COUNT = { type: 'integer' };
const RATE = nullable({ type: 'number', description: 'Passed of those that passed or failed, from 0 to 1; null where none did.' });

export const TASK_METRICS = named(
  'TaskMetrics',
  object({
    project_key: nullable({ type: 'string' }),
    generated_at: TIME,
    counts: object({
      total: COUNT,
      open: COUNT,
      completed: COUNT,
      blocked: COUNT,
      forced: { type: 'integer', description: 'Completed though a gate had not passed.' },
      by_status: { type: 'object', additionalProperties: COUNT },
    }),
    durations: object({
      completed: { type: 'integer', description: 'How many tasks were measured, from `started` to `completed_at`.' },
      average_ms: nullable(MS),
      median_ms: nullable(MS),
      shortest_ms: nullable(MS),
      longest_ms: nullable(MS),
    }),
    time_blocked: object({
      tasks: { type: 'integer', description: 'How many were ever blocked.' },
      total_ms: MS,
      average_ms: nullable(MS),
      longest_ms: nullable(MS),
    }),
    gates: {
      type: 'array',
      items: object({
        name: { type: 'string' },
        passed: { type: 'integer', description: 'Tasks in which it has passed.' },
        failed: COUNT,
        not_run: COUNT,
        pass_rate: RATE,
        reports: object({ passed: COUNT, failed: COUNT, pass_rate: RATE }),
      }),
    },
  }),
);

export const TASK_EXAMPLE = {
  task_id: 'layer3-renderer-implementation',
  task_name: 'Layer 3 Processing - Template Renderer',
  phase: 'implementation',
  started: '2025-11-16T15:00:00.000Z',
  updated: '2025-11-16T17:30:00.000Z',
  estimated_completion: '2025-11-18T18:00:00.000Z',
  status: 'in_progress',
  current_step: 'implementing_parameter_validation',
  completed_steps: ['design_approved', 'created_renderer_class'],
  remaining_steps: ['documentation'],
  blocked_on: null,
  questions_for_coordinator: [],
  artifacts: [{ path: 'src/renderer.py', type: 'source_code', status: 'complete', created_at: '2025-11-16T15:30:00.000Z' }],
  quality_gates: { mypy: { status: 'passed', last_run: '2025-11-16T17:15:00.000Z', errors: 0 }, validation: { status: 'not_run' } },
  metrics: { lines_of_code: 320, test_count: 15 },
  project_key: 'gururmm',
  session_id: 'WORKSHOP/claude-main',
  blocked_since: null,
  blocked_ms: 0,
  completed_at: null,
  completion: null,
  revision: 4,
};

export const TASK_METRICS_EXAMPLE = {
  project_key: 'gururmm',
  generated_at: '2025-11-18T18:00:00.000Z',
  counts: { total: 3, open: 1, completed: 2, blocked: 1, forced: 0, by_status: { completed: 2, in_progress: 1 } },
  durations: { completed: 2, average_ms: 5_400_000, median_ms: 5_400_000, shortest_ms: 3_600_000, longest_ms: 7_200_000 },
  time_blocked: { tasks: 1, total_ms: 1_800_000, average_ms: 1_800_000, longest_ms: 1_800_000 },
  gates: [{ name: 'pytest', passed: 2, failed: 1, not_run: 0, pass_rate: 0.6667, reports: { passed: 5, failed: 3, pass_rate: 0.625 } }],
};
