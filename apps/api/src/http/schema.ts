/** JSON Schema (draft 2020-12, as OpenAPI 3.1 takes it) for what operations answer. */
export type Schema = { [key: string]: unknown };

export const UUID: Schema = { type: 'string', format: 'uuid' };
export const TIME: Schema = { type: 'string', format: 'date-time', description: 'UTC, with milliseconds.' };
export const TEXTS: Schema = { type: 'array', items: { type: 'string' } };

export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema.type, 'null'].flat() });
export const arrayOf = (items: Schema): Schema => ({ type: 'array', items });

/** The schema under a name of its own among those of the API's document. */
export const named = (title: string, schema: Schema): Schema => ({ title, ...schema });

/** An object that always has these members; `optional` ones may be missing. */
export const object = (properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
  additionalProperties: false,
});
