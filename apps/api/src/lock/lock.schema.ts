import { named, nullable, object, TIME, UUID } from '../http/schema';

export const ALL_MODES = ['exclusive', 'shared'];

/** The protocol's `Lock`, for the API's document. */
export const LOCK = named(
  'Lock',
  object({
    id: UUID,
    project_key: { type: 'string' },
    session_id: { type: 'string', description: 'Its holder.' },
    resource: { type: 'string', description: 'In normal form.' },
    description: nullable({ type: 'string' }),
    mode: { type: 'string', enum: ALL_MODES },
    ttl_hours: { type: 'number' },
    acquired_at: TIME,
    renewed_at: nullable(TIME),
    expires_at: nullable(TIME),
    ttl_remaining_ms: nullable({ type: 'integer' }),
    last_activity_at: { ...TIME, description: 'The last sign of its holder.' },
    stale: { type: 'boolean', description: 'No sign of its holder for long: anyone may release it.' },
    fence: { type: 'integer', description: 'Grows with every grant of the project.' },
    status: { type: 'string', enum: ['active', 'released', 'expired', 'broken'] },
    ended_at: nullable(TIME),
    ended_by: nullable({ type: 'string' }),
    end_reason: nullable({ type: 'string' }),
  }),
);

export const LOCK_EXAMPLE = {
  id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d10',
  project_key: 'gururmm',
  session_id: 'WORKSHOP/claude-main',
  resource: 'server/src/api/credentials.rs',
  description: 'Adding credential endpoints',
  mode: 'exclusive',
  ttl_hours: 2,
  acquired_at: '2026-05-12T15:30:00.000Z',
  renewed_at: null,
  expires_at: '2026-05-12T17:30:00.000Z',
  ttl_remaining_ms: 7_200_000,
  last_activity_at: '2026-05-12T15:30:00.000Z',
  stale: false,
  fence: 17,
  status: 'active',
  ended_at: null,
  ended_by: null,
  end_reason: null,
};

/** Who waits for what: an entry of the queue. */
export const REQUEST = named(
  'LockRequest',
  object({
    request_id: { type: 'string', description: 'The same for all resources of one claim.' },
    project_key: { type: 'string' },
    session_id: { type: 'string' },
    resource: { type: 'string', description: 'In normal form.' },
    mode: { type: 'string', enum: ALL_MODES },
    queued_at: TIME,
    until: { ...TIME, description: 'It waits no longer than that.' },
  }),
);

export const REQUEST_EXAMPLE = {
  request_id: '01939d1c-8b21-7d02-8c4e-0f6b1d2a3c4d',
  project_key: 'gururmm',
  session_id: 'HOWARD-HOME/claude-main',
  resource: 'server/src/api/credentials.rs',
  mode: 'exclusive',
  queued_at: '2026-05-12T15:31:00.000Z',
  until: '2026-05-12T15:31:30.000Z',
};
