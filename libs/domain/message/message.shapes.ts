import { flag, jsonObject, key, listOf, oneOf, orNull, type StreamShape, text, time, uuid } from '../shapes/kinds';
import { messageStream } from './message.decider';
import { MESSAGE_TYPES, type MessageEvent, PRIORITIES } from './message.events';

const receipt = { message_id: uuid, project_key: orNull(key), session_id: key };

export const messageShape: StreamShape<MessageEvent> = {
  stream: ({ message_id }) => messageStream(message_id),
  first: 'MessageSent',
  events: {
    MessageSent: {
      ...{ message_id: uuid, from_session: key, to_session: key, project_key: orNull(key), subject: text, body: text },
      ...{ type: oneOf(MESSAGE_TYPES), priority: oneOf(PRIORITIES), references: listOf(text), metadata: orNull(jsonObject()) },
      ...{ reply_to: orNull(uuid), thread_id: uuid, ack_required: flag, external_id: orNull(key), sent_at: time },
    },
    MessageDelivered: { ...receipt, delivered_at: time },
    MessageRead: { ...receipt, read_at: time },
    MessageAcknowledged: { ...receipt, acknowledged_at: time },
  },
};
