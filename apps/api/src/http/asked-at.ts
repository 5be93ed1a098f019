import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The clock in milliseconds before the read models were waited for; null where a route reads from none. */
    askedAt: number | null;
  }
}

/**
 * A parameter of a route that `ReadsFrom` read models: the clock, in milliseconds, before they were waited for. What has run out is told by
 * this and not by the time of the query: rows may then be newer than the clock, as with a command, but never older
 * (docs/decisions/0027-a-read-takes-its-time-before-its-rows.md).
 */
export const AskedAt = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const { askedAt } = context.switchToHttp().getRequest<FastifyRequest>();
  if (askedAt === null) throw new Error('A route asks for its time and names no read models that it reads from.');
  return askedAt;
});
