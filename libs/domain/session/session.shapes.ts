import { key, listOf, number, oneOf, orNull, type StreamShape, text, time } from '../shapes/kinds';
import { namingStream, type SessionNamed } from './naming.decider';
import { sessionStream } from './session.decider';
import type { SessionEvent } from './session.events';

const about = { session_id: key, project_key: orNull(key) };

export const sessionShape: StreamShape<SessionEvent> = {
  stream: ({ session_id }) => sessionStream(session_id),
  events: {
    SessionRegistered: {
      ...{ ...about, machine: orNull(text), user: orNull(text), agent: orNull(text) },
      ...{ capabilities: listOf(text), registered_at: time },
    },
    SessionHeartbeat: {
      ...{ ...about, at: time, action: orNull(text), target: orNull(text), phase: orNull(text) },
      ...{ progress: orNull(number(0, 100)), next_action: orNull(text) },
    },
    SessionEnded: { ...about, ended_at: time, reason: orNull(text) },
    SessionLost: { ...about, lost_at: time, last_activity_at: time },
    SessionResumed: { ...about, resumed_at: time, after: oneOf(['ended', 'lost']) },
  },
};

/** The stream has the name of the key that it was made for, which its data do not hold. */
export const namingShape: StreamShape<SessionNamed> = {
  stream: (_, stream) => namingStream(stream.slice(namingStream('').length)),
  events: { SessionNamed: { session_id: key, named_at: time } },
};
