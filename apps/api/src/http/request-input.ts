import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiQuery } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { fieldsOf } from './fields';

/** What a request says in its query and its body, for the pipe to make one DTO of. */
export class RequestInput {
  constructor(
    readonly query: unknown,
    readonly body: unknown,
  ) {}
}

/** Marks the handlers that have an `@Input()`. */
export const TAKES_INPUT = 'coord:takes-input';

/** Shows the fields of the parameter's type in the API's document, in both places where they may stand. */
const documented: ParameterDecorator = (target, key, index) => {
  if (key === undefined) return;
  const types = Reflect.getMetadata('design:paramtypes', target, key) as unknown[] | undefined;
  const dto = types?.[index];
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  if (typeof dto !== 'function' || !descriptor) return;
  Reflect.defineMetadata(TAKES_INPUT, true, descriptor.value as object);
  const properties: Record<string, never> = {};
  for (const field of fieldsOf(dto).values()) {
    const { description, required: _, example, ...rest } = field.schema as Record<string, unknown>;
    const schema = named(rest);
    const note = field.required ? 'Required, in the query or in the body.' : 'In the query or in the body.';
    ApiQuery({ name: field.name, required: false, description: description ? `${description} ${note}` : note, schema, example })(
      target,
      key,
      descriptor,
    );
    Object.assign(properties, { [field.name]: schema });
  }
  ApiBody({ schema: { type: 'object', properties, additionalProperties: false }, required: false })(target, key, descriptor);
};

/** `String` and `Boolean` as JSON Schema names them. */
const named = (schema: Record<string, unknown>) =>
  (typeof schema.type === 'function' ? { ...schema, type: schema.type.name.toLowerCase() } : schema) as Record<string, never>;

/**
 * For routes that need no body: the DTO that the parameter is declared with, from the query, the body, or both (but not
 * with two values). No body, an empty one, `null` and `{}` are the same.
 */
export const Input = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestInput => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return new RequestInput(request.query, request.body);
  },
  [documented],
);
