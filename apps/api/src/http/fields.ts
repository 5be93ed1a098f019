import { uuid } from '@coord/domain/shapes/index';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { registerDecorator } from 'class-validator';
import { isInstant, isPlainJsonObject, isTextual, LENGTH_OF_KEYS, MAX_JSON_DEPTH, utcMillis } from './values';

/** What a field takes. One sentence fragment (`wanted`) serves the error message and the API's document. */
export interface FieldRule {
  /** Completes "must be …". */
  wanted: string;
  accepts(value: unknown): boolean;
  /** A query knows only text: what the text stands for. Text that stands for nothing is given back, for `accepts` to refuse. */
  fromQuery?(text: string): unknown;
  /** Applied to a value that was accepted. */
  normalise?(value: unknown): unknown;
  /** Of a list that is one, and neither too short nor too long: the places of items that will not do, and what is wanted there. */
  badItems?(value: unknown): { at: number; wanted: string }[];
}

export interface Presence {
  /** May be left out. */
  optional?: boolean;
  /** May be null. */
  nullable?: boolean;
  description?: string;
  example?: unknown;
}

export interface Field extends FieldRule {
  name: string;
  required: boolean;
  nullable: boolean;
  schema: ApiPropertyOptions;
}

const declared = new WeakMap<object, Map<string, Field>>();

/** The fields of a DTO class and of those that it extends, by name. Empty for any other class. */
export function fieldsOf(dto: object): ReadonlyMap<string, Field> {
  const own = declared.get(dto);
  const parent: unknown = Object.getPrototypeOf(dto);
  if (typeof parent !== 'function' || parent === Function.prototype) return own ?? new Map();
  return new Map([...fieldsOf(parent), ...(own ?? [])]);
}

/** Whether a value will do for a field: undefined stands for left out. */
export const acceptsField = ({ required, nullable, accepts }: Pick<Field, 'required' | 'nullable' | 'accepts'>, value: unknown): boolean =>
  value === undefined ? !required : value === null ? nullable : accepts(value);

/** A field of a DTO: what it takes, for class-validator, and how the API's document shows it. */
export function FieldOf(rule: FieldRule, schema: ApiPropertyOptions, presence: Presence = {}): PropertyDecorator {
  return (target, key) => {
    const name = String(key);
    const required = !presence.optional;
    const nullable = presence.nullable ?? false;
    const documented = {
      ...schema,
      required,
      ...(nullable && { nullable }),
      ...(presence.description && { description: presence.description }),
      ...(presence.example !== undefined && { example: presence.example }),
    } as ApiPropertyOptions;
    const fields = declared.get(target.constructor) ?? new Map<string, Field>();
    declared.set(target.constructor, fields.set(name, { ...rule, name, required, nullable, schema: documented }));
    ApiProperty(documented)(target, key);
    registerDecorator({
      name: 'field',
      target: target.constructor,
      propertyName: name,
      validator: {
        validate: (value: unknown) => acceptsField({ ...rule, required, nullable }, value),
        defaultMessage: (at) => `${at?.value === undefined ? 'is missing; it ' : ''}must be ${rule.wanted}${nullable ? ' or null' : ''}`,
      },
    });
  };
}

const KEY_WANTED = `a string of 1 to ${LENGTH_OF_KEYS} characters without control characters or half surrogate pairs`;

/** Identity of a session, key of a project, name of a component: what stands in paths and stream names. */
export const isKey = (value: unknown): value is string => isTextual(value, { min: 1, max: LENGTH_OF_KEYS }) && !/\p{Cc}/u.test(value);

export const KEY_RULE: FieldRule = { wanted: KEY_WANTED, accepts: isKey };

export const SessionIdField = (presence?: Presence) =>
  FieldOf(
    KEY_RULE,
    { type: String, minLength: 1, maxLength: LENGTH_OF_KEYS },
    { description: 'The session that asks.', example: 'WORKSHOP/claude-main', ...presence },
  );

export const ProjectKeyField = (presence?: Presence) =>
  FieldOf(
    KEY_RULE,
    { type: String, minLength: 1, maxLength: LENGTH_OF_KEYS },
    { description: 'The project; its first use creates it.', example: 'gururmm', ...presence },
  );

/** A name or key of another kind, under the same rule as session ids. */
export const KeyField = (presence?: Presence) => FieldOf(KEY_RULE, { type: String, minLength: 1, maxLength: LENGTH_OF_KEYS }, presence);

/** Lengths in characters. `blank: false`: it has to say something. */
interface TextBounds {
  min?: number;
  max?: number;
  blank?: boolean;
}

function textRule({ min = 0, max, blank = true }: TextBounds): FieldRule {
  const length = max === undefined ? (min > 0 ? ` of at least ${min} character${min > 1 ? 's' : ''}` : '') : ` of ${min} to ${max} characters`;
  return {
    wanted: `a string${length}${blank ? '' : ', not all of them blank,'} without NUL or half surrogate pairs`,
    accepts: (value) => isTextual(value, { min, max }) && (blank || /\S/.test(value)),
  };
}

/** Text as it was sent, control characters included (protocol, "Bodies"). */
export const TextField = ({ min = 0, max, blank = true, ...presence }: Presence & TextBounds = {}) => {
  const lengths = { ...(min > 0 && { minLength: min }), ...(max !== undefined && { maxLength: max }) };
  return FieldOf(textRule({ min, max, blank }), { type: String, ...lengths, ...(!blank && { pattern: '\\S' }) }, presence);
};

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A number from `min` to `max`, both included. */
export const NumberField = ({ min, max, integer = false, ...presence }: Presence & { min: number; max: number; integer?: boolean }) =>
  FieldOf(
    {
      wanted: `${integer ? 'an integer' : 'a number'} from ${min} to ${max}`,
      accepts: (value) => typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value)),
      fromQuery: (text) => (NUMBER.test(text) ? Number(text) : text),
    },
    { type: integer ? 'integer' : 'number', minimum: min, maximum: max },
    presence,
  );

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, True: true, '1': true, false: false, False: false, '0': false };

/** In a query also `1`, `0`, and Python's `True` and `False`. */
export const BooleanField = (presence?: Presence) =>
  FieldOf(
    {
      wanted: 'true or false',
      accepts: (value) => typeof value === 'boolean',
      fromQuery: (text) => (Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : text),
    },
    { type: Boolean },
    presence,
  );

export const EnumField = (values: readonly string[], presence?: Presence) =>
  FieldOf(
    { wanted: `one of ${values.join(', ')}`, accepts: (value) => typeof value === 'string' && values.includes(value) },
    { type: String, enum: [...values] },
    presence,
  );

export const isUuid = (value: unknown): value is string => uuid.accepts(value);

const UUID_RULE: FieldRule = { wanted: 'a UUID', accepts: isUuid, normalise: (value) => String(value).toLowerCase() };

/** Given on in lower case. */
export const UuidField = (presence?: Presence) => FieldOf(UUID_RULE, { type: String, format: 'uuid' }, presence);

/** In a query an unescaped `+` of the offset arrives as a blank. */
const plusAgain = (text: string): string => text.replace(/ (\d\d(?::?\d\d)?)$/, '+$1');

/** More items than these are not told of, when they will not do. */
const MOST_ITEMS_TOLD = 20;

/** A list of `min` to `max` items, both included. In a query: separated by commas. */
function listRule({ min, max }: { min: number; max: number }, items: string, item: FieldRule): FieldRule {
  const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length >= min && value.length <= max;
  const bad = (one: unknown, at: number) => (item.accepts(one) ? [] : [{ at, wanted: item.wanted }]);
  return {
    wanted: `a list of ${min} to ${max} ${items}`,
    accepts: (value) => isList(value) && value.every((one) => item.accepts(one)),
    fromQuery: (text) => text.split(','),
    badItems: (value) => (isList(value) ? value.flatMap(bad).slice(0, MOST_ITEMS_TOLD) : []),
  };
}

/** Ids, each given on once and in lower case. */
export const UuidListField = ({ min = 0, max, ...presence }: Presence & { min?: number; max: number }) =>
  FieldOf(
    {
      ...listRule({ min, max }, 'UUIDs', UUID_RULE),
      normalise: (value) => [...new Set((value as string[]).map((id) => id.toLowerCase()))],
    },
    { type: 'array', items: { type: 'string', format: 'uuid' }, minItems: min, maxItems: max },
    presence,
  );

/** Any ISO 8601 time with an offset; given on in UTC with milliseconds. */
export const TimeField = (presence?: Presence) =>
  FieldOf(
    {
      wanted: 'an ISO 8601 time with an offset, such as 2026-05-12T15:30:00.000Z',
      accepts: isInstant,
      fromQuery: plusAgain,
      normalise: (value) => utcMillis(String(value)),
    },
    { type: String, format: 'date-time' },
    presence,
  );

/** A place in the log: a position, or a time in UTC with milliseconds. */
export type LogPoint = { position: number } | { time: string };

const isPosition = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** A position or a time, given on as `LogPoint`. */
export const LogPointField = (presence?: Presence) =>
  FieldOf(
    {
      wanted: 'a log position or an ISO 8601 time with an offset',
      accepts: (value) => isPosition(value) || isInstant(value),
      fromQuery: (text) => (/^\d{1,16}$/.test(text) ? Number(text) : plusAgain(text)),
      normalise: (value): LogPoint => (typeof value === 'number' ? { position: value } : { time: utcMillis(String(value)) }),
    },
    {
      oneOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', format: 'date-time' },
      ],
    },
    presence,
  );

export const StringListField = ({
  min = 0,
  max,
  length,
  ...presence
}: Presence & { min?: number; max: number; length: { min?: number; max?: number } }) =>
  FieldOf(
    listRule({ min, max }, 'strings', textRule(length)),
    {
      type: 'array',
      items: { type: 'string', ...(length.min && { minLength: length.min }), ...(length.max && { maxLength: length.max }) },
      minItems: min,
      maxItems: max,
    },
    presence,
  );

/** Any JSON object that goes through I-JSON (RFC 7493) unchanged: no NUL, no half surrogate pairs, no number that overflows. */
export const JsonObjectField = (presence?: Presence) =>
  FieldOf(
    {
      wanted: `a JSON object, at most ${MAX_JSON_DEPTH} levels deep, without NUL or half surrogate pairs in keys and strings, and without numbers beyond 1.8e308`,
      accepts: isPlainJsonObject,
    },
    { type: 'object', additionalProperties: true },
    presence,
  );
