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

/** How far a name is from a known one: 0 for its beginning, else in letters. */
const farFrom = (name: string, known: string): number => (name.length > 1 && known.startsWith(name) ? 0 : distance(name, known));

/** The known name that may have been meant: less than half of it is spelled otherwise. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const near = known.filter((each) => farFrom(name, each) < Math.max(name.length, each.length) / 2);
  return near.sort((a, b) => farFrom(name, a) - farFrom(name, b))[0];
}

/** Says of a field that it is unknown, and which of the `known` ones may have been meant. */
export function unknownField(name: string, known: Iterable<string>): FieldError {
  const [field, names] = [name.slice(0, 100), [...known]];
  const meant = nearest(field, names);
  if (meant !== undefined) return { field, message: `is unknown; did you mean ${meant}?` };
  return { field, message: names.length === 0 ? 'is unknown; nothing is taken here' : `is unknown; known are ${names.join(', ')}` };
}

export const GIVEN_TWICE = 'is given twice; give it once';
export const TWO_VALUES = 'stands in the query and in the body, with two values; give it once';

/**
 * An instance of `dto` with the fields of `source`, nothing converted; what is left out keeps the class's default.
 * @param found what is wrong already, with other words than its fields have for it.
 * @throws Refused `invalid-request` with all errors at once, unknown fields included.
 */
export function validated<T extends object>(dto: Type<T>, source: unknown, found: readonly FieldError[] = []): T {
  if (!isObject(source)) throw refusedField('(body)', 'must be a JSON object');
  const shape = shapeOf(dto);
  const instance = new dto();
  // by index, not by Reflect, which costs ten times as much for each field
  const fields = instance as Record<string, unknown>;
  const errors = [...found];
  for (const name of Object.keys(source)) {
    if (shape.fields.has(name)) fields[name] = source[name];
    else if (errors.length < MOST_UNKNOWN_TOLD) errors.push(unknownField(name, shape.fields.keys()));
  }
  // class-validator says what is wrong; whether something is can be seen without its bookkeeping, at a tenth of the cost
  if (!shape.all.every((field) => acceptsField(field, fields[field.name])))
    errors.push(...mistakesOf(instance).filter(({ field }) => !found.some((error) => error.field === field)));
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

/** A query with its texts turned into what the DTO's fields take, and what of it is given twice and no list. */
function typed(dto: object, query: unknown): { values: Record<string, unknown>; errors: FieldError[] } {
  const { fields } = shapeOf(dto);
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  if (!isObject(query)) return { values, errors };
  for (const [name, value] of Object.entries(query)) {
    const field = fields.get(name);
    if (field && Array.isArray(value) && field.schema.type !== 'array') errors.push({ field: name, message: GIVEN_TWICE });
    Object.defineProperty(values, name, { value: field?.fromQuery && typeof value === 'string' ? field.fromQuery(value) : value, enumerable: true });
  }
  return { values, errors };
}

/** Of values that can stand in a query: none of them is deeper than a list. */
const isSame = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other) ? one.length === other.length && one.every((item, at) => item === other[at]) : one === other;

/** What query and body both say, and not the same. */
function differences(query: Record<string, unknown>, body: Record<string, unknown>): FieldError[] {
  const different = Object.keys(query).filter((name) => Object.hasOwn(body, name) && !isSame(query[name], body[name]));
  return different.map((name) => ({ field: name.slice(0, 100), message: TWO_VALUES }));
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
    if (type === 'query') return ofQuery(dto, value);
    if (!(value instanceof RequestInput)) return value;
    if (value.body !== undefined && value.body !== null && !isObject(value.body)) throw refusedField('(body)', 'must be a JSON object, or left out');
    return ofInput(dto, value.query, value.body ?? {});
  }
}

function ofQuery<T extends object>(dto: Type<T>, query: unknown): T {
  const { values, errors } = typed(dto, query);
  return validated(dto, values, errors);
}

function ofInput<T extends object>(dto: Type<T>, query: unknown, body: Record<string, unknown>): T {
  const { values, errors } = typed(dto, query);
  return validated(dto, { ...values, ...body }, [...errors, ...differences(values, body)]);
}
