import { arrayOf, named, nullable, object, TEXTS, TIME } from '../http/schema';
import { LOCK, LOCK_EXAMPLE } from '../lock/lock.schema';
import { MESSAGE } from '../message/message.schema';

export const STATUSES = ['active', 'idle', 'lost', 'ended'] as const;

const NAME = nullable({ type: 'string' });
const HEARTBEAT = {
  at: TIME,
  action: NAME,
  target: NAME,
  phase: NAME,
  progress: nullable({ type: 'number', description: 'In percent.' }),
  next_action: NAME,
};
const SUMMARY = {
  session_id: { type: 'string' },
  machine: NAME,
  user: NAME,
  agent: NAME,
  project_key: { ...NAME, description: 'The project that it named last, or of its first command.' },
  capabilities: TEXTS,
  status: { type: 'string', enum: [...STATUSES] },
  registered_at: TIME,
  last_activity_at: { ...TIME, description: 'Its last command, whatever that came to.' },
  last_heartbeat: { ...nullable(object(HEARTBEAT)), description: 'What it said last, and when it said so last.' },
  ended_at: nullable(TIME),
};

/** The protocol's `Session`, for the API's document. */
export const SESSION = named('Session', object({ ...SUMMARY, locks: arrayOf(LOCK), unread: { type: 'integer' } }));
/** What a session said, as it stands in the log. */
export const LOGGED_HEARTBEAT = named('Heartbeat', object({ ...HEARTBEAT, project_key: NAME }));
export const HEARTBEAT_ANSWER = named(
  'HeartbeatAnswer',
  object({
    unread: { type: 'integer', description: 'How many messages it has not read.' },
    urgent: { ...arrayOf(MESSAGE), description: 'Those among them of priority urgent, oldest first.' },
    locks: { ...arrayOf(LOCK), description: 'What it holds.' },
  }),
);

const SAID = { action: 'building', target: 'server', phase: 'BUILD', progress: 25, next_action: 'run the tests' };

export const HEARTBEAT_EXAMPLE = { at: '2026-05-12T15:30:00.000Z', project_key: 'gururmm', ...SAID };
export const SESSION_EXAMPLE = {
  session_id: 'WORKSHOP/claude-main',
  machine: 'WORKSHOP',
  user: 'howard',
  agent: 'claude',
  project_key: 'gururmm',
  capabilities: ['rust'],
  status: 'active',
  registered_at: '2026-05-12T15:00:00.000Z',
  last_activity_at: '2026-05-12T15:30:00.000Z',
  last_heartbeat: { at: '2026-05-12T15:30:00.000Z', ...SAID },
  ended_at: null,
  locks: [LOCK_EXAMPLE],
  unread: 1,
};
