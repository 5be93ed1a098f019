import type { FieldError } from '@coord/domain/problem';
import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { distance } from 'fastest-levenshtein';
import { acceptsField, type Field, fieldsOf } from './fields';
import { refusedField, refusedFields } from './problems';
import { RequestInput } from './request-input';

/** More unknown fields than this are not looked at one by one: finding what was meant costs time. */
const MOST_UNKNOWN_TOLD = 20;

interface Shape {
  fields: ReadonlyMap<string, Field>;
  all: Field[];
  normalised: Field[];
}
const shapes = new WeakMap<object, Shape>();

function shapeOf(dto: object): Shape {
  const known = shapes.get(dto);
  if (known) return known;
  const fields = fieldsOf(dto);
  const shape = { fields, all: [...fields.values()], normalised: [...fields.values()].filter((field) => field.normalise) };
  shapes.set(dto, shape);
  return shape;
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Says of a field that it is unknown, and which of the `known` ones may have been meant. */
export function unknownField(name: string, known: Iterable<string>): FieldError {
  const field = name.slice(0, 100);
  const nearest = [...known].sort((a, b) => distance(field, a) - distance(field, b))[0];
  return { field, message: nearest === undefined ? 'is unknown; nothing is taken here' : `is unknown; did you mean ${nearest}?` };
}

/**
 * An instance of `dto` with the fields of `source`, nothing converted; what is left out keeps the class's default.
 * @throws Refused `invalid-request` with all errors at once, unknown fields included.
 */
export function validated<T extends object>(dto: Type<T>, source: unknown): T {
  if (!isObject(source)) throw refusedField('(body)', 'must be a JSON object');
  const shape = shapeOf(dto);
  const instance = new dto();
  // by index, not by Reflect, which costs ten times as much for each field
  const fields = instance as Record<string, unknown>;
  const errors: FieldError[] = [];
  for (const name of Object.keys(source)) {
    if (shape.fields.has(name)) fields[name] = source[name];
    else if (errors.length < MOST_UNKNOWN_TOLD) errors.push(unknownField(name, shape.fields.keys()));
  }
  // class-validator says what is wrong; whether something is can be seen without its bookkeeping, at a tenth of the cost
  if (!shape.all.every((field) => acceptsField(field, fields[field.name]))) errors.push(...mistakesOf(instance));
  if (errors.length > 0) throw refusedFields(errors);
  for (const { name, normalise } of shape.normalised) {
    const value = fields[name];
    if (normalise && value !== undefined && value !== null) fields[name] = normalise(value);
  }
  return instance;
}

function mistakesOf(instance: object): FieldError[] {
  const found = validateSync(instance, { forbidUnknownValues: false, validationError: { target: false, value: false } });
  return found.flatMap(({ property, constraints }) => {
    const items = itemMistakes(instance, property);
    return items.length > 0 ? items : Object.values(constraints ?? {}).map((message) => ({ field: property, message }));
  });
}

function itemMistakes(instance: object, name: string): FieldError[] {
  const bad = shapeOf(instance.constructor).fields.get(name)?.badItems?.(Reflect.get(instance, name)) ?? [];
  return bad.map(({ at, wanted }) => ({ field: `${name}[${at}]`, message: `must be ${wanted}` }));
}

/** A query with its texts turned into what the DTO's fields take. */
function typed(dto: object, query: unknown): Record<string, unknown> {
  const { fields } = shapeOf(dto);
  const result: Record<string, unknown> = {};
  if (!isObject(query)) return result;
  for (const [name, value] of Object.entries(query)) {
    const read = fields.get(name)?.fromQuery;
    Object.defineProperty(result, name, { value: read && typeof value === 'string' ? read(value) : value, enumerable: true });
  }
  return result;
}

const otherForms = new WeakMap<object, (body: unknown) => unknown>();

/**
 * For a DTO whose body may also come in another form.
 * @param translate gives a body in the DTO's own fields; any body that is not of the other form it gives back.
 */
export const AlsoTakenAs =
  (translate: (body: unknown) => unknown): ClassDecorator =>
  (dto) => {
    otherForms.set(dto, translate);
  };

/** Makes DTOs of what `@Body()`, `@Query()` and `@Input()` give; leaves alone what is declared with another type. */
@Injectable()
export class FieldsPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (!metatype || shapeOf(metatype).all.length === 0) return value;
    const dto = metatype as Type<object>;
    if (type === 'body') return validated(dto, otherForms.get(dto)?.(value) ?? value);
    if (type === 'query') return validated(dto, typed(dto, value));
    if (!(value instanceof RequestInput)) return value;
    if (value.body !== undefined && value.body !== null && !isObject(value.body)) throw refusedField('(body)', 'must be a JSON object, or left out');
    return validated(dto, { ...typed(dto, value.query), ...(value.body ?? {}) });
  }
}
