import type { FastifyRequest } from 'fastify';
import { refusedField } from './problems';

/**
 * The revision in `If-Match` (RFC 9110, 13.1.1), quoted as an entity tag or bare; undefined without the header.
 * @throws Refused `invalid-request` for anything else.
 */
export function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const revision = /^"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (revision === undefined) throw refusedField('If-Match', 'must be the revision in quotes, such as "3"');
  return Number(revision);
}
