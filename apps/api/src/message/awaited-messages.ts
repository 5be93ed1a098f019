import { ALL_SESSIONS, addressee, type SentMessage } from '@coord/domain/message/index';
import type { Awaited } from '../engine/watcher';
import type { MessagesQuery } from './message.dto';

/** The messages that somebody waits for who was shown none. Coarse where only the inbox knows: a look says whether it was one. */
export function awaitedBy({ to_session, project_key, from_session, type, priority, thread }: MessagesQuery): Awaited {
  const me = to_session === undefined ? undefined : addressee(to_session);
  const reaches = (sent: SentMessage): boolean =>
    me === undefined || sent.to_session === me || (sent.to_session === ALL_SESSIONS && sent.from_session !== me);
  const is = <T>(asked: T | undefined, value: T): boolean => asked === undefined || asked === value;
  return {
    types: ['MessageSent'],
    matches({ data }) {
      const sent = data as unknown as SentMessage;
      return (
        reaches(sent) &&
        is<string | null>(project_key, sent.project_key) &&
        is(from_session, sent.from_session) &&
        is(type, sent.type) &&
        is(priority, sent.priority) &&
        is(thread, sent.thread_id)
      );
    },
  };
}
