import type { JsonObject } from '@coord/event-store/index';
import { LOCK as LOCK_SCHEMA } from '../lock/lock.schema';
import { PROBLEM_TYPE, PROBLEMS, type ProblemName, problemAnswer } from './problem-document';
import type { HttpProblem } from './problems';

type Schema = Record<string, unknown>;

const LOCK: JsonObject = {
  id: '019e1c62-7c40-7a31-9d0e-5a1b2c3d4e5f',
  project_key: 'gururmm',
  session_id: 'WORKSHOP/claude-main',
  resource: 'src/server',
  description: 'Refactoring the server',
  mode: 'exclusive',
  ttl_hours: 2,
  acquired_at: '2026-05-12T15:30:00.000Z',
  renewed_at: null,
  expires_at: '2026-05-12T17:30:00.000Z',
  ttl_remaining_ms: 3_600_000,
  last_activity_at: '2026-05-12T16:30:00.000Z',
  stale: false,
  fence: 7,
  status: 'active',
  ended_at: null,
  ended_by: null,
  end_reason: null,
};

/** One of each, for the examples of the API's document. */
const SAMPLES: Readonly<Record<ProblemName, HttpProblem>> = {
  'invalid-request': {
    problem: 'invalid-request',
    errors: [
      { field: 'project_key', message: 'is missing; it must be a string of 1 to 200 characters without control characters or half surrogate pairs' },
    ],
  },
  'malformed-request': { problem: 'malformed-request', reason: 'Invalid method encountered' },
  'headers-too-large': { problem: 'headers-too-large' },
  'request-timeout': { problem: 'request-timeout' },
  'malformed-json': { problem: 'malformed-json', reason: "Expected ',' or '}' after property value in JSON at position 17" },
  'body-too-large': { problem: 'body-too-large' },
  'unsupported-media-type': { problem: 'unsupported-media-type', contentType: 'application/xml' },
  'not-found': { problem: 'not-found', what: 'lock with this id' },
  'lock-held': {
    problem: 'lock-held',
    holder: LOCK,
    conflicts: [LOCK],
    retry_after: 3_600,
    explain: 'src/server is locked, and with it everything below it.',
  },
  'lock-ended': {
    problem: 'lock-ended',
    lock: { ...LOCK, status: 'released', ended_at: '2026-05-12T16:00:00.000Z', ended_by: 'WORKSHOP/claude-main', ttl_remaining_ms: null },
  },
  'not-lock-owner': { problem: 'not-lock-owner', holder: LOCK, to: 'release' },
  'fence-superseded': {
    problem: 'fence-superseded',
    fence: 6,
    current_fence: 7,
    why: 'The lock that the write names has ended; the current fence is 7',
  },
  'revision-conflict': { problem: 'revision-conflict', current_revision: 3 },
  'gates-not-passed': { problem: 'gates-not-passed', gates: [{ name: 'pytest', status: 'failed' }] },
  'work-item-taken': { problem: 'work-item-taken', assigned_to: 'HOWARD-HOME/claude-main', over: null },
  'store-not-empty': { problem: 'store-not-empty', events: 42 },
  'idempotency-key-reused': { problem: 'idempotency-key-reused' },
  'rate-limited': { problem: 'rate-limited', retry_after: 5 },
  'read-model-behind': { problem: 'read-model-behind' },
  'store-unavailable': { problem: 'store-unavailable' },
  'internal-error': { problem: 'internal-error', request_id: '019e1c62-7c40-7a31-9d0e-5a1b2c3d4e60' },
};

export const problemExample = (name: ProblemName): Schema => problemAnswer(SAMPLES[name], '/api/coord/locks').body;

/** `lock-held` is `LockHeldProblem` among the schemas of the document. */
export const problemSchemaName = (name: ProblemName): string => `${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Problem`;

/** The members beside the five of every document (protocol, "Errors"). `outcome` alone may be missing. */
const MEMBERS: Partial<Record<ProblemName, Record<string, Schema>>> = {
  'invalid-request': {
    errors: {
      type: 'array',
      items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
  'lock-held': {
    holder: LOCK_SCHEMA,
    conflicts: { type: 'array', items: LOCK_SCHEMA },
    retry_after: { type: ['integer', 'null'], description: 'Seconds until the first of them expires; null if none does.' },
    explain: { type: ['string', 'object'] },
  },
  'lock-ended': { lock: LOCK_SCHEMA },
  'not-lock-owner': { holder: LOCK_SCHEMA },
  'fence-superseded': { fence: { type: 'integer' }, current_fence: { type: ['integer', 'null'], description: 'null when no one holds it.' } },
  'revision-conflict': { current_revision: { type: 'integer' } },
  'gates-not-passed': {
    gates: {
      type: 'array',
      items: { type: 'object', required: ['name', 'status'], properties: { name: { type: 'string' }, status: { type: 'string' } } },
    },
  },
  'work-item-taken': { assigned_to: { type: ['string', 'null'], description: 'null when it is over and no one has it.' } },
  'rate-limited': { retry_after: { type: 'integer' } },
  'store-unavailable': { retry_after: { const: 30 }, outcome: { const: 'unknown', description: 'The write may have gone through.' } },
};

function problemSchema(name: ProblemName): Schema {
  const members = MEMBERS[name] ?? {};
  return {
    type: 'object',
    title: PROBLEMS[name].title,
    required: ['type', 'title', 'status', 'detail', 'instance', ...Object.keys(members).filter((member) => member !== 'outcome')],
    properties: {
      type: { const: PROBLEM_TYPE + name },
      title: { const: PROBLEMS[name].title },
      status: { const: PROBLEMS[name].status },
      detail: { type: 'string', description: 'What to do next.' },
      instance: { type: 'string', description: 'The path of the request.' },
      ...members,
    },
  };
}

/** A schema for each problem, by its name among the schemas of the document. */
export const problemSchemas = (): Record<string, Schema> =>
  Object.fromEntries((Object.keys(PROBLEMS) as ProblemName[]).map((name) => [problemSchemaName(name), problemSchema(name)]));
