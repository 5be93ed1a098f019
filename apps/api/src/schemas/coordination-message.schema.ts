import { MESSAGE_TYPES, PRIORITIES } from '@coord/domain/message/index';
import type { Schema } from '../http/schema';
import { DRAFT } from './draft';
import { GATE, NAME } from './task-progress.schema';

/** A message of the coordinator protocol, as its files hold it. A `note` is a message between sessions and none of these. */
export const COORDINATION_MESSAGE: Schema = {
  $schema: DRAFT,
  $id: 'urn:coord:schema:coordination-message-v1.0',
  title: 'Coordination message',
  description: 'A message between a coordinator and a project instance.',
  type: 'object',
  required: ['id', 'from', 'to', 'timestamp', 'type', 'content'],
  properties: {
    id: { ...NAME, description: 'By convention msg-YYYYMMDD-HHMMSS.' },
    from: NAME,
    to: NAME,
    timestamp: { type: 'string', format: 'date-time' },
    type: { type: 'string', enum: MESSAGE_TYPES.filter((type) => type !== 'note') },
    priority: { type: 'string', enum: [...PRIORITIES] },
    content: { type: 'string' },
    references: {
      type: 'array',
      items: { type: 'string', maxLength: 1_000 },
      maxItems: 1_000,
      description: 'Ids of messages, tasks or anything else.',
    },
    metadata: {
      type: 'object',
      properties: {
        task_id: { type: 'string' },
        artifacts: { type: 'array', items: { type: ['string', 'object'] } },
        quality_gates: { type: 'object', additionalProperties: GATE },
        metrics: { type: 'object' },
        blocker_type: { type: 'string' },
        error_type: { type: 'string' },
        context: { type: 'string' },
      },
      additionalProperties: true,
    },
    read: { type: 'boolean' },
    project_key: { ...NAME, description: 'The project that it is about.' },
  },
  additionalProperties: false,
};
