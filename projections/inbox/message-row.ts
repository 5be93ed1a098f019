import type { MessageType, Priority } from '@coord/domain/message/index';

/** A message as one session sees it. */
export interface MessageRow {
  id: string;
  position: string;
  from_session: string;
  to_session: string;
  project_key: string | null;
  subject: string;
  body: string;
  type: MessageType;
  priority: Priority;
  references: string[];
  metadata: object | null;
  reply_to: string | null;
  thread_id: string;
  ack_required: boolean;
  sent_at: Date;
  /** Null: the reader has not been shown it yet. */
  delivered_at: Date | null;
  read_at: Date | null;
  acknowledged_at: Date | null;
}

/** Which messages are asked for. */
export interface MessageQuery {
  /** With it: its direct messages and the broadcasts of others, as it sees them. */
  toSession?: string;
  unreadOnly?: boolean;
  /** Broadcasts sent before are not unread any more. */
  broadcastsSince: Date;
  projectKey?: string;
  fromSession?: string;
  type?: string;
  priority?: string;
  since?: Date;
  thread?: string;
  /** Position of the last message that was shown. */
  after?: number;
  limit: number;
}
