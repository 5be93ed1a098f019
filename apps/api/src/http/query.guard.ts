import type { FieldError } from '@coord/domain/problem';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { SERVICE_ROUTES } from '../service/service-routes';
import { type Field, fieldsOf } from './fields';
import { refusedField, refusedFields } from './problems';
import { TAKES_INPUT } from './request-input';
import { GIVEN_TWICE, isObject, TWO_VALUES } from './validation';

/** What a handler takes: whether anything of the query, and the fields of the body, where it has a body (empty for one that is checked elsewhere). */
interface Taken {
  query: boolean;
  body: ReadonlyMap<string, Field> | null;
}

/** Fields of bodies that name the caller, the more telling ones first. */
const CALLERS = ['session_id', 'from_session', 'updated_by', 'created_by'];

/**
 * Sees to it that nothing in a query is ignored in silence: refuses what is badly encoded, and any parameter of a route that takes
 * none. `session_id` may stand in the query of every route, as older clients were told; a body that does not name the caller gets it from there.
 * What operators and tools ask (health, metrics) may carry whatever their callers add.
 */
@Injectable()
export class QueryGuard implements CanActivate {
  private readonly known = new WeakMap<object, Taken>();

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const start = request.url.indexOf('?');
    if (start === -1) return true;
    if (request.url.indexOf('%', start) !== -1) checkEncoding(request.url.slice(start));
    const handler = context.getHandler();
    const taken = this.known.get(handler) ?? takenBy(context, request);
    this.known.set(handler, taken);
    if (!taken.query) checkUnread(request, taken.body);
    return true;
  }
}

function takenBy(context: ExecutionContext, request: FastifyRequest): Taken {
  const [controller, handler] = [context.getClass(), context.getHandler()];
  const parameters = Object.entries((Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler.name) ?? {}) as Record<string, { index: number }>);
  const of = (kind: RouteParamtypes) => parameters.find(([name]) => name.startsWith(`${kind}:`))?.[1];
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, handler.name) ?? []) as unknown[];
  const body = of(RouteParamtypes.BODY);
  const dto = body && types[body.index];
  const isService = SERVICE_ROUTES.includes(request.routeOptions.url?.slice(1) ?? '');
  return {
    query: isService || of(RouteParamtypes.QUERY) !== undefined || Reflect.getMetadata(TAKES_INPUT, handler) === true,
    body: body ? (typeof dto === 'function' ? fieldsOf(dto) : new Map()) : null,
  };
}

function checkEncoding(query: string): void {
  try {
    decodeURIComponent(query);
  } catch {
    throw refusedField('(query)', 'must be percent-encoded UTF-8; a percent sign itself is written %25');
  }
}

function checkUnread({ query, body }: FastifyRequest, fields: Taken['body']): void {
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    const message = name === 'session_id' ? nameCaller(value, body, fields) : misplaced(name, fields);
    if (message !== null) errors.push({ field: name.slice(0, 100), message });
  }
  if (errors.length > 0) throw refusedFields(errors);
}

function misplaced(name: string, fields: Taken['body']): string {
  if (fields === null) return 'is unknown; this request takes no query';
  return fields.has(name) || fields.size === 0
    ? 'belongs in the body of this request, not in its query'
    : 'is unknown; this request takes no query, only a body';
}

/** Puts the caller of the query where the body has none. Gives what is wrong, or null. */
function nameCaller(caller: unknown, body: unknown, fields: Taken['body']): string | null {
  if (Array.isArray(caller)) return GIVEN_TWICE;
  const field = fields?.size === 0 ? 'session_id' : CALLERS.find((name) => fields?.has(name));
  if (field === undefined || !isObject(body)) return null;
  body[field] ??= caller;
  return body[field] === caller ? null : TWO_VALUES;
}
