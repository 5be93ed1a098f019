import type { CommandContext } from '@coord/command-runner/index';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock';
import { bodyHash, sha256 } from './canonical-json';
import { refusedField } from './problems';
import { instantMs, isTextual, LENGTH_OF_KEYS } from './values';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose command the request turned out to be, for the log line; null: not known. */
    coordSession: string | null;
  }
}

/** Whose command it is, as the route's own fields say. */
export interface Caller {
  session: string | null;
  project_key: string | null;
}

/**
 * Who asks, when, and under which key, for the command that a request stands for. To be called once for each request,
 * after its fields have been checked.
 * @throws Refused `invalid-request` for an `Idempotency-Key` or a `Coord-Intended-At` that is none.
 */
export function contextOf(request: FastifyRequest, clock: Clock, { session, project_key }: Caller): CommandContext {
  request.coordSession = session;
  const { 'idempotency-key': key, 'coord-intended-at': intended } = request.headers;
  const context: CommandContext = { actor: session, now: clock.now(), project_key, correlation_id: request.id };
  if (intended !== undefined) context.intended_at = intendedAt(intended);
  if (key !== undefined) context.idempotency = { scope: scopeOf(request, session, checkedKey(key)), body: bodyHash(request.query, request.body) };
  return context;
}

function intendedAt(header: string | string[]): string {
  const ms = typeof header === 'string' ? instantMs(header.trim()) : null;
  if (ms === null) throw refusedField('Coord-Intended-At', 'must be an ISO 8601 time with an offset, such as 2026-05-12T15:30:00.000Z');
  return new Date(ms).toISOString();
}

function checkedKey(header: string | string[]): string {
  if (!isTextual(header, { min: 1, max: LENGTH_OF_KEYS }))
    throw refusedField('Idempotency-Key', `must be one text of 1 to ${LENGTH_OF_KEYS} characters`);
  return header;
}

/** A key belongs to a session, a method and a path (protocol, "General"). As JSON, no part can run into the next. */
const scopeOf = (request: FastifyRequest, session: string | null, key: string): string =>
  sha256(JSON.stringify([session, request.method, request.url.split('?', 1)[0], key]));
