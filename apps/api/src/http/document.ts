import type { FieldError } from '@coord/domain/problem';
import type { Type } from '@nestjs/common';
import { fieldsOf } from './fields';
import type { SchemaCheck } from './json-schema';
import { Refused, refusedField, refusedFields } from './problems';
import { isObject, validated } from './validation';

/**
 * A body that is a document with a schema of its own, and beside it fields of the API, which the class `own` declares.
 * @param said what the path says of the document; the body may say it, too.
 * @throws Refused `invalid-request` with all errors at once.
 */
export function documentIn<Own extends object>(
  body: unknown,
  own: Type<Own>,
  check: SchemaCheck,
  said: Record<string, unknown> = {},
): { own: Own; document: Record<string, unknown> } {
  if (!isObject(body)) throw refusedField('(body)', `${body === undefined || body === null ? 'is missing; it ' : ''}must be a JSON object`);
  const fields = fieldsOf(own);
  const members = Object.entries(body);
  const document = { ...said, ...Object.fromEntries(members.filter(([name]) => !fields.has(name))) };
  const [mine, mistakes] = attempt(() => validated(own, Object.fromEntries(members.filter(([name]) => fields.has(name)))));
  const errors = [...mistakes, ...check(document)];
  if (mine === null || errors.length > 0) throw refusedFields(errors);
  return { own: mine, document };
}

function attempt<T>(make: () => T): [T, []] | [null, FieldError[]] {
  try {
    return [make(), []];
  } catch (error) {
    if (error instanceof Refused && error.problem.problem === 'invalid-request') return [null, error.problem.errors];
    throw error;
  }
}
