import { join } from 'node:path';
import { ALL_SESSIONS, type MessageEvent, type MessageSent } from '@coord/domain/message/index';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';
import { insertMessages, settleAnswers } from './message-rows';
import { settleAcknowledgements, settleReadings, upsertReceipts } from './receipt-rows';

type Recorded = RecordedEvent & MessageEvent;
type Receipt = { session_id: string; message_id: string; delivered_at?: string; read_at?: string; acknowledged_at?: string };

/** Messages as each session sees them. */
export const inboxProjection: Projection = {
  name: 'inbox',
  migrations: join(__dirname, 'migrations'),
  tables: ['messages', 'receipts', 'unread_counts'],

  async project(events, target) {
    const sent: (MessageSent['data'] & { position: number })[] = [];
    const receipts = new Map<string, Receipt>();
    for (const { type, data, position } of events as Recorded[]) {
      if (type === 'MessageSent') sent.push({ ...data, position });
      if (type === 'MessageDelivered' || type === 'MessageRead' || type === 'MessageAcknowledged') {
        const key = JSON.stringify([data.session_id, data.message_id]);
        // the first of each kind stands: a decider writes none twice
        receipts.set(key, { ...data, ...receipts.get(key) });
      }
    }
    await insertMessages(target, sent);
    await Promise.all([
      settleAnswers(
        target,
        sent.filter((message) => message.type === 'response'),
      ),
      upsertReceipts(target, [...receipts.values()]),
      settleReadings(
        target,
        [...receipts.values()],
        sent.filter((message) => message.to_session !== ALL_SESSIONS),
      ),
      settleAcknowledgements(target, [...receipts.values()]),
    ]);
  },
};
