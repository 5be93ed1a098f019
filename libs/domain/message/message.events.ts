import type { DomainEvent } from '../decider';

export const MESSAGE_TYPES = ['note', 'directive', 'question', 'response', 'progress', 'blocker', 'completion', 'error'] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
export type Priority = (typeof PRIORITIES)[number];

/** How a broadcast is stored, whatever word it was addressed with. */
export const ALL_SESSIONS = 'ALL_SESSIONS';
const BROADCAST_WORDS: ReadonlySet<string> = new Set(['ALL', ALL_SESSIONS, 'broadcast', 'fleet']);

/** The addressee as stored: left out, null and the broadcast words all mean everyone. */
export const addressee = (to: string | null | undefined): string => (to === undefined || to === null || BROADCAST_WORDS.has(to) ? ALL_SESSIONS : to);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What was sent; never changes. `thread_id` is the id of the message that the thread began with. */
export type SentMessage = {
  message_id: string;
  from_session: string;
  to_session: string;
  project_key: string | null;
  subject: string;
  body: string;
  type: MessageType;
  priority: Priority;
  references: string[];
  metadata: { [key: string]: Json } | null;
  reply_to: string | null;
  thread_id: string;
  ack_required: boolean;
  external_id: string | null;
  sent_at: string;
};
type Receipt = { message_id: string; project_key: string | null; session_id: string };

export type MessageSent = DomainEvent<'MessageSent', SentMessage>;
/** It was shown to a session that asked for its inbox. */
export type MessageDelivered = DomainEvent<'MessageDelivered', Receipt & { delivered_at: string }>;
export type MessageRead = DomainEvent<'MessageRead', Receipt & { read_at: string }>;
export type MessageAcknowledged = DomainEvent<'MessageAcknowledged', Receipt & { acknowledged_at: string }>;
export type MessageEvent = MessageSent | MessageDelivered | MessageRead | MessageAcknowledged;
