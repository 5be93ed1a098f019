import { hash } from 'node:crypto';
import { refusedField } from './problems';
import { MAX_JSON_DEPTH } from './values';

export const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/**
 * JSON with sorted keys and without white space, so that equal values give equal text.
 * @throws Refused `invalid-request` for what is nested deeper than any body that is taken.
 */
export function canonicalJson(value: unknown, depth = MAX_JSON_DEPTH + 1): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth === 0) throw refusedField('(body)', `must be at most ${MAX_JSON_DEPTH} levels deep`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth - 1)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth - 1)}`).join(',')}}`;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** Hash of what a request says, in its body and (as for a DELETE) its query. No body, `null` and `{}` are the same. */
export function bodyHash(query: unknown, body: unknown): string {
  return sha256(canonicalJson([isEmpty(query) ? {} : query, isEmpty(body) ? {} : body]));
}
