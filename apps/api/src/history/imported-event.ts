import type { EventMetadata, JsonObject, RestoredEvent } from '@coord/event-store/index';
import { isUuid } from '../http/fields';
import { isInstant, isPlainJson, isTextual, MAX_JSON_DEPTH, utcMillis } from '../http/values';
import { type Line, refusedLine } from './lines';

type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isName = (value: unknown): boolean => isTextual(value, { min: 1, max: 2_000 });
/** As the export has it: read models compare times of events as texts. */
const isTime = (value: unknown): boolean => isInstant(value) && utcMillis(value) === value;
const isNameOrNull = (value: unknown): boolean => value === null || isName(value);

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
/** Others may stand beside them, and are kept. */
const METADATA: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  actor: [isNameOrNull, 'a session or null'],
  at: [isTime, 'a time in UTC with milliseconds'],
  project_key: [isNameOrNull, 'a project or null'],
  causation_id: [isNameOrNull, 'an id or null'],
  correlation_id: [isNameOrNull, 'an id or null'],
  schema: [isCount, 'a number'],
};

function check(line: Line, fields: Fields, members: typeof MEMBERS, prefix = ''): void {
  for (const [name, [accepts, wanted]] of Object.entries(members))
    if (!accepts(fields[name])) throw refusedLine(line.number, `${prefix}${name} must be ${wanted}`);
}

/**
 * The event of a line of the export.
 * @param after the position of the line before it
 * @throws Refused naming the line
 */
export function importedEvent(line: Line, after: number): { event: RestoredEvent; position: number } {
  const fields = parsed(line);
  check(line, fields, MEMBERS);
  check(line, fields.metadata as Fields, METADATA, 'metadata.');
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(MEMBERS, name));
  if (unknown !== undefined) throw refusedLine(line.number, `${unknown.slice(0, 100)} is unknown to this version`);
  const position = fields.position as number;
  if (position <= after) throw refusedLine(line.number, `position ${position} must be above ${after}, that of the line before`);
  const { stream, revision, id, type } = fields as { stream: string; revision: number; id: string; type: string };
  const { data, metadata } = fields as { data: JsonObject; metadata: EventMetadata & JsonObject };
  return { event: { stream, revision, id: id.toLowerCase(), type, data, metadata }, position };
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
