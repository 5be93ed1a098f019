import { named, nullable, object, TIME } from '../http/schema';

/** An event of `/history`, for the API's document. */
export const EVENT = named(
  'HistoryEvent',
  object({
    position: { type: 'integer', description: 'Its place in the whole log.' },
    stream: { type: 'string' },
    revision: { type: 'integer', description: 'Its place in its stream, from 0.' },
    type: { type: 'string' },
    at: TIME,
    actor: nullable({ type: 'string', description: 'The session whose doing it was; null for the engine itself.' }),
    causation_id: nullable({ type: 'string' }),
    correlation_id: nullable({ type: 'string' }),
    data: { type: 'object' },
  }),
);

export const EVENT_EXAMPLE = {
  position: 42,
  stream: 'lock-gururmm',
  revision: 7,
  type: 'LockBroken',
  at: '2026-05-12T16:10:00.000Z',
  actor: 'WORKSHOP/howard',
  causation_id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d11',
  correlation_id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d11',
  data: {
    lock_id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d10',
    project_key: 'gururmm',
    session_id: 'WORKSHOP/claude-main',
    resource: 'server/src/api/credentials.rs',
    fence: 17,
    ended_at: '2026-05-12T16:10:00.000Z',
    ended_by: 'WORKSHOP/howard',
    reason: 'urgent fix',
  },
};

export const EXPORT_EXAMPLE = `${JSON.stringify({
  position: EVENT_EXAMPLE.position,
  stream: EVENT_EXAMPLE.stream,
  revision: EVENT_EXAMPLE.revision,
  id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d12',
  type: EVENT_EXAMPLE.type,
  data: EVENT_EXAMPLE.data,
  metadata: {
    actor: EVENT_EXAMPLE.actor,
    at: EVENT_EXAMPLE.at,
    project_key: EVENT_EXAMPLE.data.project_key,
    causation_id: EVENT_EXAMPLE.causation_id,
    correlation_id: EVENT_EXAMPLE.correlation_id,
    schema: 1,
  },
})}\n`;
