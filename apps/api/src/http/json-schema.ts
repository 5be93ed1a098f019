import type { FieldError } from '@coord/domain/problem';
import Ajv, { type ErrorObject } from 'ajv/dist/2020';
import type { Schema } from './schema';
import { isObject, unknownField } from './validation';
import { isInstant, isPlainJson, MAX_JSON_DEPTH } from './values';

/** More errors than this help no one. */
const MOST_ERRORS = 20;

/** Of a value that is longer as JSON, only the first mistake is told: a hundred thousand of them would fill the memory. */
const ALL_TOLD = 100_000;

const validators = (allErrors: boolean): Ajv =>
  // any ISO 8601 with an offset, as everywhere; RFC 3339 is stricter
  new Ajv({ allErrors, allowUnionTypes: true, verbose: true }).addFormat('date-time', { type: 'string', validate: isInstant });
const [first, all] = [validators(false), validators(true)];

/** Says what is wrong with a value; nothing: it is as the schema wants it. */
export type SchemaCheck = (value: Record<string, unknown>) => FieldError[];

/** A check against a JSON Schema (draft 2020-12), and that the value survives being stored and read again. The schema is compiled at its first use. */
export function schemaCheck(schema: Schema): SchemaCheck {
  return (value) => {
    const unsafe = Object.entries(value).filter((member) => !isPlainJson(member, MAX_JSON_DEPTH + 1));
    const message = `must hold no NUL, no half surrogate pair and no number beyond 1.8e308, and be at most ${MAX_JSON_DEPTH} levels deep`;
    if (unsafe.length > 0) return unsafe.slice(0, MOST_ERRORS).map(([field]) => ({ field: field.slice(0, 100), message }));
    if (first.validate(schema, value)) return [];
    const teller = JSON.stringify(value).length > ALL_TOLD ? first : all;
    teller.validate(schema, value);
    return (teller.errors ?? [])
      .filter(({ keyword }) => keyword !== 'propertyNames')
      .slice(0, MOST_ERRORS)
      .map(fieldError);
  };
}

function fieldError(error: ErrorObject): FieldError {
  const { keyword, params, parentSchema } = error;
  const path = error.instancePath.split('/').slice(1).map(unescaped);
  const within = (name: string): string => [...path, name].join('.').slice(0, 300);
  if (keyword === 'required') return { field: within(String(params.missingProperty)), message: 'is missing' };
  if (keyword === 'additionalProperties') {
    const properties: unknown = parentSchema?.properties;
    const { field, message } = unknownField(String(params.additionalProperty), isObject(properties) ? Object.keys(properties) : []);
    return { field: within(field), message };
  }
  if (error.propertyName !== undefined) return { field: within(error.propertyName), message: `is no name; it ${worded(error)}` };
  return { field: path.join('.').slice(0, 300) || '(body)', message: worded(error) };
}

/** As a JSON Pointer writes a name (RFC 6901). */
const unescaped = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');

const TYPES: Readonly<Record<string, string>> = {
  ...{ string: 'a string', number: 'a number', integer: 'an integer', boolean: 'true or false' },
  ...{ array: 'an array', object: 'an object', null: 'null' },
};
const COUNTED: Readonly<Record<string, string>> = { Length: 'character', Items: 'item', Properties: 'member' };

function worded({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'type')
    return `must be ${[params.type]
      .flat()
      .map((type) => TYPES[type])
      .join(' or ')}`;
  const [, bound, of = ''] = /^(min|max)(Length|Items|Properties)$/.exec(keyword) ?? [];
  if (bound !== undefined) return `must have at ${bound === 'min' ? 'least' : 'most'} ${params.limit} ${COUNTED[of]}${params.limit === 1 ? '' : 's'}`;
  if (keyword === 'enum') return `must be one of ${[params.allowedValues].flat().join(', ')}`;
  if (keyword === 'format') return 'must be an ISO 8601 time with an offset, such as 2026-05-12T15:30:00.000Z';
  if (keyword === 'pattern') return 'must have no control characters';
  return message ?? 'is not valid';
}
