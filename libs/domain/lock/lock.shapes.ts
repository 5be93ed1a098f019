import { integer, type Kind, key, type Members, number, object, oneOf, optional, orNull, type StreamShape, text, time, uuid } from '../shapes/kinds';
import { lockStream } from './lock.decider';
import type { LockEnd, LockEvent, LockSubject, LockTerms, WithdrawalReason } from './lock.events';
import type { LockMode } from './lock.state';
import { parseResource } from './resource';

const MODES: Kind<LockMode> = oneOf(['exclusive', 'shared']);
const REASONS: Kind<WithdrawalReason> = oneOf(['timeout', 'hang-up', 'shutdown', 'refused', 'session ended', 'session lost']);
const HOURS = number(0, 720);
const resource: Kind<string> = {
  wanted: 'a path, a pattern or a key that can be locked',
  accepts: (value): value is string => text.accepts(value) && !('invalid' in parseResource(value)),
};

const place = { lock_id: uuid, project_key: key, session_id: key, resource };
const subject: Members<LockSubject> = { ...place, fence: integer(1, 1e15) };
const terms: Members<LockTerms> = { mode: MODES, description: orNull(text), ttl_hours: HOURS, expires_at: orNull(time) };
const end: Members<LockEnd> = { ended_at: time, ended_by: orNull(text), reason: orNull(text) };
const request = { ...place, request_id: key };

export const lockShape: StreamShape<LockEvent> = {
  stream: ({ project_key }) => lockStream(project_key),
  events: {
    LockClaimed: { ...subject, ...terms, request_id: optional(key), acquired_at: time },
    LockRenewed: { ...subject, ...terms, request_id: optional(key), renewed_at: time },
    LockReleased: { ...subject, ...end, stale: orNull(object({ last_activity_at: orNull(time) })) },
    LockExpired: { ...subject, ...end },
    LockBroken: { ...subject, ...end },
    LockRequestQueued: { ...request, mode: MODES, description: optional(orNull(text)), ttl_hours: HOURS, queued_at: time, until: time },
    LockRequestWithdrawn: { ...request, withdrawn_at: time, reason: REASONS },
  },
};
