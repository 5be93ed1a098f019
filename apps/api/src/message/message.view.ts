import type { ReceiptState, SentMessage } from '@coord/domain/message/index';
import type { JsonObject } from '@coord/event-store/index';
import type { MessageRow } from '@projections/inbox/index';

/** A message as it goes over the wire (protocol, `Message`), as one session sees it. */
export type MessageView = Omit<SentMessage, 'message_id' | 'external_id'> & {
  id: string;
  read: boolean;
  read_at: string | null;
  acknowledged_at: string | null;
};

/** `receipt`: what the session did with it, if anything. */
export function messageView({ message_id: id, external_id: _, ...sent }: SentMessage, receipt?: ReceiptState): MessageView {
  const read_at = receipt?.read_at ?? null;
  return { id, ...sent, read: read_at !== null, read_at, acknowledged_at: receipt?.acknowledged_at ?? null };
}

export function rowView({ position: _, delivered_at: __, ...row }: MessageRow): MessageView {
  return {
    ...row,
    metadata: row.metadata as JsonObject | null,
    sent_at: row.sent_at.toISOString(),
    read: row.read_at !== null,
    read_at: row.read_at?.toISOString() ?? null,
    acknowledged_at: row.acknowledged_at?.toISOString() ?? null,
  };
}
