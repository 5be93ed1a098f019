import { integer, json, key, type Members, misfit, object, optional, orNull, text, time } from '@coord/domain/shapes/index';
import type { EventMetadata, IdempotencyRecord, JsonObject, JsonValue, RestoredEvent } from '@coord/event-store/index';
import { isUuid } from '../http/fields';
import { isObject } from '../http/validation';
import { isPlainJson, isTextual, MAX_JSON_DEPTH } from '../http/values';
import type { EventCheck } from './event-check';
import { type Line, refusedLine } from './lines';

type Fields = Record<string, unknown>;

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isName = (value: unknown): boolean => isTextual(value, { min: 1, max: 2_000 });

/** What stands in a field, and what it has to be. An event holds what was sent, some levels deeper. */
const MEMBERS: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  position: [isCount, 'a position, from 1'],
  stream: [isName, 'the name of a stream'],
  revision: [isCount, 'a revision, from 0'],
  id: [isUuid, 'a UUID'],
  type: [isName, 'the type of an event'],
  data: [(value) => isObject(value) && isPlainJson(value, 2 * MAX_JSON_DEPTH), 'an object'],
  metadata: [(value) => isObject(value) && isPlainJson(value, 2 * MAX_JSON_DEPTH), 'an object'],
};
const idempotency: Members<IdempotencyRecord> = {
  ...{ scope: text, body: text },
  answer: object({ status: integer(100, 599), body: json<JsonValue>() }),
};
const metadata: Members<EventMetadata> = {
  ...{ actor: orNull(key), at: time, project_key: orNull(key), causation_id: orNull(text), correlation_id: orNull(text) },
  ...{ schema: integer(1, 1_000_000), intended_at: optional(time), idempotency: optional(object(idempotency)) },
};
/** Others may stand beside them, and are kept. */
const METADATA = object<EventMetadata>(metadata);

function checkEnvelope(line: Line, fields: Fields): void {
  for (const [name, [accepts, wanted]] of Object.entries(MEMBERS))
    if (!accepts(fields[name])) throw refusedLine(line.number, `${name} must be ${wanted}`);
  const wrong = misfit('metadata', fields.metadata, METADATA);
  if (wrong) throw refusedLine(line.number, `${wrong.name} must be ${wrong.wanted}`);
}

/**
 * The event of a line of the export.
 * @param after the position of the line before it
 * @param check has seen the events of the lines before it
 * @throws Refused naming the line
 */
export function importedEvent(line: Line, after: number, check: EventCheck): { event: RestoredEvent; position: number } {
  const fields = parsed(line);
  checkEnvelope(line, fields);
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(MEMBERS, name));
  if (unknown !== undefined) throw refusedLine(line.number, `${unknown.slice(0, 100)} is unknown to this version`);
  const position = fields.position as number;
  if (position <= after) throw refusedLine(line.number, `position ${position} must be above ${after}, that of the line before`);
  const { stream, revision, id, type } = fields as { stream: string; revision: number; id: string; type: string };
  const { data, metadata } = fields as { data: JsonObject; metadata: EventMetadata & JsonObject };
  const event: RestoredEvent = { stream, revision, id: id.toLowerCase(), type, data, metadata };
  const wrong = check.misfit(event);
  if (wrong !== null) throw refusedLine(line.number, wrong);
  return { event, position };
}

function parsed({ number, text }: Line): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refusedLine(number, 'must be a JSON object');
  }
  if (!isObject(value)) throw refusedLine(number, 'must be a JSON object');
  return value;
}
