import type { JsonObject } from '@coord/event-store/index';
import { schemaCheck } from '../http/json-schema';
import { refusedFields } from '../http/problems';
import { isObject } from '../http/validation';
import { utcMillis } from '../http/values';
import { COORDINATION_MESSAGE } from '../schemas/coordination-message.schema';

/** What the schema lets through. */
interface CoordinationMessage {
  id: string;
  from: string;
  to: string;
  timestamp: string;
  type: string;
  priority?: string;
  content: string;
  references?: string[];
  metadata?: JsonObject;
  project_key?: string;
}

const check = schemaCheck(COORDINATION_MESSAGE);

/** No message in the API's own fields has these, and none of a file lacks them. */
const isOne = (body: unknown): body is Record<string, unknown> =>
  isObject(body) && 'from' in body && 'content' in body && !('from_session' in body) && !('body' in body);

/**
 * A message file of the coordinator protocol, in the fields of `POST /messages`: its id becomes the `external_id`, so that a file
 * that is sent twice is one message, and a response answers the question whose id it refers to. It has no subject; the type and what
 * it is about stand in for one. Its `timestamp` is kept in the metadata; `read` says nothing, for reading is per session.
 * Any other body is given back.
 * @throws Refused `invalid-request` for what the schema of messages refuses.
 */
export function fromCoordinationMessage(body: unknown): unknown {
  if (!isOne(body)) return body;
  const errors = check(body);
  if (errors.length > 0) throw refusedFields(errors);
  const { id, from, to, timestamp, type, priority, content, references = [], metadata = {}, project_key } = body as unknown as CoordinationMessage;
  const about = typeof metadata.task_id === 'string' ? metadata.task_id : references[0];
  return {
    from_session: from,
    to_session: to,
    subject: about === undefined ? type : `${type}: ${about}`,
    body: content,
    type,
    ...(priority !== undefined && { priority }),
    references,
    metadata: { ...metadata, timestamp: utcMillis(timestamp) },
    external_id: id,
    ...(project_key !== undefined && { project_key }),
  };
}
