import { GATE_STATUSES, MOST } from '@coord/domain/task/index';
import { nullable, type Schema } from '../http/schema';
import { LENGTH_OF_KEYS } from '../http/values';
import { DRAFT } from './draft';

const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
/** Control characters would not survive in a path. */
export const NAME: Schema = { type: 'string', minLength: 1, maxLength: LENGTH_OF_KEYS, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' };
const STEP: Schema = { type: 'string', minLength: 1, maxLength: 1_000 };
const steps = (description: string): Schema => ({ type: 'array', items: STEP, maxItems: MOST.steps, description });

export const ARTIFACT: Schema = {
  type: 'object',
  description: 'A file that the task made or changed.',
  required: ['path'],
  properties: {
    path: { type: 'string', minLength: 1, maxLength: 2_000 },
    type: { type: 'string', maxLength: 64, description: 'By convention source_code, test, documentation, …' },
    status: { type: 'string', maxLength: 64, description: 'By convention draft or complete.' },
    created_at: time('When it was made.'),
    updated_at: time('When it was last changed.'),
    description: { type: 'string', maxLength: 10_000 },
  },
  additionalProperties: false,
};

const GATE_PROPERTIES = {
  status: { type: 'string', enum: [...GATE_STATUSES] },
  last_run: time('When it was last run.'),
};

export const GATE: Schema = {
  type: 'object',
  description: 'What a gate last said, with whatever figures it has: errors, violations, coverage_percent, …',
  required: ['status'],
  properties: GATE_PROPERTIES,
  additionalProperties: true,
};

/** A gate with its name, as it is reported by itself. */
export const GATE_REPORT: Schema = { ...GATE, required: ['name', 'status'], properties: { name: NAME, ...GATE_PROPERTIES } };

const gates = (gate: Schema): Schema => ({ type: 'object', propertyNames: NAME, additionalProperties: gate, maxProperties: MOST.gates });

/** What the engine knows of a task beside its document. Taken with a document, so that what was answered can be sent back, and ignored. */
const OF_THE_ENGINE: Record<string, Schema> = {
  blocked_since: nullable(time('Since when it is blocked.')),
  blocked_ms: { type: 'integer', description: 'For how long it was blocked in all, without a block that lasts.' },
  completed_at: nullable(time('When it was completed.')),
  completion: {
    type: ['object', 'null'],
    description: 'How it was completed: by force or not, why, and with which gates not passed.',
    required: ['forced', 'reason', 'required_gates', 'gates_not_passed'],
    properties: {
      forced: { type: 'boolean' },
      reason: { type: ['string', 'null'] },
      required_gates: { type: ['array', 'null'], items: { type: 'string' } },
      gates_not_passed: {
        type: 'array',
        items: { type: 'object', required: ['name', 'status'], properties: { name: { type: 'string' }, status: { type: 'string' } } },
      },
    },
  },
  revision: { type: 'integer', description: 'Counts its events from 1; for `If-Match`.' },
};

const PROPERTIES: Record<string, Schema> = {
  task_id: { ...NAME, description: 'Names the task, in all projects.' },
  task_name: { type: 'string', minLength: 1, maxLength: 1_000 },
  phase: { type: ['string', 'null'], maxLength: LENGTH_OF_KEYS },
  status: {
    type: 'string',
    minLength: 1,
    maxLength: 64,
    description: 'Free text; by convention planning, in_progress, blocked, completed or cancelled.',
  },
  started: nullable(time('When work began.')),
  updated: nullable(time('When the document was last changed.')),
  estimated_completion: nullable(time('When it should be done.')),
  current_step: { ...STEP, type: ['string', 'null'] },
  completed_steps: steps('What is done.'),
  remaining_steps: steps('What is left to do.'),
  blocked_on: {
    type: ['string', 'object', 'null'],
    minLength: 1,
    description: 'What stands in the way: a reason, or its details; null: nothing does.',
  },
  questions_for_coordinator: { type: 'array', items: { type: ['string', 'object'] }, maxItems: MOST.questions },
  artifacts: { type: 'array', items: ARTIFACT, maxItems: MOST.artifacts },
  quality_gates: gates(GATE),
  metrics: { type: 'object', description: 'Figures of any kind: lines_of_code, test_count, time_spent_minutes, …' },
  project_key: { ...NAME, type: ['string', 'null'], description: 'The project that the task belongs to.' },
  session_id: { ...NAME, type: ['string', 'null'], description: 'The session that works on it.' },
  ...Object.fromEntries(Object.entries(OF_THE_ENGINE).map(([name, schema]) => [name, { ...schema, readOnly: true }])),
};

/** The coordinator protocol's `current-task.json`, and a task as it is answered. */
export const TASK_PROGRESS: Schema = {
  $schema: DRAFT,
  $id: 'urn:coord:schema:task-progress-v1.0',
  title: 'Task progress',
  description: 'The state of a task, as a project instance keeps it up to date for its coordinator.',
  type: 'object',
  required: ['task_id', 'task_name', 'status'],
  properties: PROPERTIES,
  additionalProperties: false,
};

/** What a patch may name; of gates and metrics, null removes a member. */
export const TASK_PATCH: Schema = {
  type: 'object',
  properties: { ...PROPERTIES, quality_gates: gates(nullable(GATE)) },
  additionalProperties: false,
};

/** A task as it is answered: all of it is there. */
export const TASK: Schema = {
  title: 'Task',
  type: 'object',
  required: Object.keys(PROPERTIES),
  properties: PROPERTIES,
  additionalProperties: false,
};
