import { MESSAGE_TYPES, PRIORITIES } from '@coord/domain/message/index';
import { named, nullable, object, TEXTS, TIME, UUID } from '../http/schema';

const MEMBERS = {
  id: UUID,
  from_session: { type: 'string' },
  to_session: { type: 'string', description: '`ALL_SESSIONS` for a broadcast.' },
  project_key: nullable({ type: 'string' }),
  subject: { type: 'string' },
  body: { type: 'string' },
  type: { type: 'string', enum: [...MESSAGE_TYPES] },
  priority: { type: 'string', enum: [...PRIORITIES] },
  references: TEXTS,
  metadata: nullable({ type: 'object' }),
  reply_to: nullable(UUID),
  thread_id: { ...UUID, description: 'The id of the message that the thread began with.' },
  ack_required: { type: 'boolean' },
  sent_at: TIME,
  read: { type: 'boolean' },
  read_at: nullable(TIME),
  acknowledged_at: nullable(TIME),
};

/** The protocol's `Message`, for the API's document. */
export const MESSAGE = named('Message', object(MEMBERS));
export const SENT_MESSAGE = named(
  'SentMessage',
  object(MEMBERS, {
    warning: { type: 'string', description: '`unknown session`: no one has seen the addressee.' },
    similar: { ...TEXTS, description: 'Sessions with a similar name.' },
  }),
);
export const READ_MESSAGE = named(
  'ReadMessage',
  object(MEMBERS, { marked_for: { ...TEXTS, description: 'Of a broadcast: the sessions that it counts as read for.' } }),
);
export const WHOLE_MESSAGE = named('WholeMessage', object({ ...MEMBERS, delivered_to: TEXTS, read_by: TEXTS, acknowledged_by: TEXTS }));

export const MESSAGE_EXAMPLE = {
  id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d20',
  from_session: 'WORKSHOP/claude-main',
  to_session: 'HOWARD-HOME/claude-main',
  project_key: 'gururmm',
  subject: 'macOS build pipeline ready for wiring',
  body: 'build-agents.sh updated. Wire in from your end.',
  type: 'note',
  priority: 'normal',
  references: [],
  metadata: null,
  reply_to: null,
  thread_id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d20',
  ack_required: false,
  sent_at: '2026-05-12T15:30:00.000Z',
  read: false,
  read_at: null,
  acknowledged_at: null,
};
