import { Map as ImmutableMap } from 'immutable';
import type { Decider } from '../decider';
import { OUTLIVED_KEY, type Problem } from '../problem';
import { ALL_SESSIONS, type MessageEvent, type SentMessage } from './message.events';

export interface ReceiptState {
  delivered_at: string | null;
  read_at: string | null;
  acknowledged_at: string | null;
}

/** A message with what each session did with it. Reading is per session: one session's reading hides nothing from another. */
export interface MessageState {
  readonly sent: SentMessage | null;
  readonly receipts: ImmutableMap<string, ReceiptState>;
}

/** `now` in milliseconds. */
export type MessageCommand =
  | { type: 'SendMessage'; message: Omit<SentMessage, 'sent_at'>; now: number }
  | { type: 'DeliverMessage'; session_id: string; now: number }
  /** Without a session: the addressee of a direct message; of a broadcast, every session that was shown it. */
  | { type: 'ReadMessage'; session_id: string | null; now: number }
  | { type: 'AcknowledgeMessage'; session_id: string; now: number };

export const messageStream = (id: string): string => `message-${id}`;

export const messageDecider: Decider<MessageState, MessageCommand, MessageEvent> = {
  initialState: { sent: null, receipts: ImmutableMap() },
  decide,
  evolve,
};

function decide(command: MessageCommand, { sent, receipts }: MessageState): readonly MessageEvent[] | Problem {
  const at = new Date(command.now).toISOString();
  if (command.type === 'SendMessage') {
    if (!sent) return [{ type: 'MessageSent', data: { ...command.message, sent_at: at } }];
    // the same external id again: the first message stands; without one, the id was made of a key that is forgotten by now
    return command.message.external_id === null ? OUTLIVED_KEY : [];
  }
  if (!sent) return { problem: 'not-found', what: 'message with this id' };
  const about = (session_id: string) => ({ message_id: sent.message_id, project_key: sent.project_key, session_id });
  switch (command.type) {
    case 'DeliverMessage':
      return receipts.has(command.session_id) ? [] : [{ type: 'MessageDelivered', data: { ...about(command.session_id), delivered_at: at } }];
    case 'ReadMessage':
      return readers(command.session_id, sent, receipts)
        .filter((session) => !receipts.get(session)?.read_at)
        .map((session) => ({ type: 'MessageRead', data: { ...about(session), read_at: at } }));
    case 'AcknowledgeMessage': {
      const receipt = receipts.get(command.session_id);
      if (receipt?.acknowledged_at) return [];
      const events: MessageEvent[] = [{ type: 'MessageAcknowledged', data: { ...about(command.session_id), acknowledged_at: at } }];
      return receipt?.read_at ? events : [{ type: 'MessageRead', data: { ...about(command.session_id), read_at: at } }, ...events];
    }
  }
}

/** For whom a reading counts. */
export function readers(session: string | null, sent: SentMessage, receipts: MessageState['receipts']): string[] {
  if (session !== null) return [session];
  return sent.to_session === ALL_SESSIONS ? [...receipts.keys()] : [sent.to_session];
}

const unseen: ReceiptState = { delivered_at: null, read_at: null, acknowledged_at: null };

function evolve(state: MessageState, event: MessageEvent): MessageState {
  if (event.type === 'MessageSent') return { ...state, sent: event.data };
  const before = state.receipts.get(event.data.session_id) ?? unseen;
  const after = receiptAfter(before, event);
  return { ...state, receipts: state.receipts.set(event.data.session_id, after) };
}

function receiptAfter(before: ReceiptState, event: Exclude<MessageEvent, { type: 'MessageSent' }>): ReceiptState {
  switch (event.type) {
    case 'MessageDelivered':
      return { ...before, delivered_at: event.data.delivered_at };
    case 'MessageRead':
      // whoever has read it has been shown it, by whatever way
      return { ...before, delivered_at: before.delivered_at ?? event.data.read_at, read_at: event.data.read_at };
    case 'MessageAcknowledged':
      return { ...before, acknowledged_at: event.data.acknowledged_at };
  }
}
