import type { JsonObject, JsonValue } from '@coord/event-store/index';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NumberField, TextField } from './fields';
import { refusedField } from './problems';

/** Most items of a list in one answer (protocol, "Lists"). */
export const LIST_LIMIT = 500;

/** Base of the query of every list. */
export class ListQuery {
  @NumberField({
    min: 1,
    max: LIST_LIMIT,
    integer: true,
    optional: true,
    description: 'With it, or with a cursor, the answer is {items, next_cursor}.',
  })
  limit?: number;
  @TextField({ min: 1, max: 2_000, optional: true, description: 'The next_cursor of the page before.' })
  cursor?: string;
}

/** How many items a page of this list holds. Ask for one more to learn whether there is a next page. */
export const pageSize = (query: ListQuery): number => query.limit ?? LIST_LIMIT;

/** Opaque to clients: where the next page of a list begins. It names the list, for in another one the same place would skip what nobody has seen. */
const encodeCursor = (list: string, place: JsonObject): string => Buffer.from(JSON.stringify({ list, ...place })).toString('base64url');

/**
 * The place that a cursor of `list` stands for, or null without a cursor. `isPlace` says whether it is one that the list could have
 * written: clients can write cursors, too, and what the database can't compare would be an error in it.
 * @throws Refused `invalid-request` for a cursor that is none, or of another list.
 */
export function decodeCursor<Place extends JsonObject>(list: string, query: ListQuery, isPlace: (value: JsonObject) => value is Place): Place | null {
  if (query.cursor === undefined) return null;
  const place = parsed(query.cursor);
  if (place === null || place.list !== list || !isPlace(place)) throw refusedField('cursor', 'must be the next_cursor of a page of this list');
  return place;
}

/** What an `integer` of Postgres holds. */
export const isInt4 = (value: unknown): boolean => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;

/**
 * For lists in the order of a number, such as a log position: that of the last item shown, undefined on the first page.
 * @throws Refused `invalid-request` for a cursor that is none, or of another list.
 */
export const afterOf = (list: string, query: ListQuery): number | undefined =>
  decodeCursor(list, query, (place): place is { after: number } => Number.isSafeInteger(place.after))?.after;

function parsed(cursor: string): JsonObject | null {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as JsonValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null; // not JSON: not a cursor
  }
}

export interface ListPage {
  items: JsonValue[];
  next_cursor: string | null;
}

/**
 * A list's answer: an array, or `{items, next_cursor}` when the query has `limit` or `cursor`; with `Link: …; rel="next"`
 * when there is more. @param nextCursor null: this was the last page.
 */
export function answerList(
  request: FastifyRequest,
  reply: FastifyReply,
  query: ListQuery,
  items: JsonValue[],
  nextCursor: string | null,
): JsonValue[] | ListPage {
  if (nextCursor !== null) reply.header('Link', `<${nextLink(request.url, nextCursor)}>; rel="next"`);
  return query.limit === undefined && query.cursor === undefined ? items : { items, next_cursor: nextCursor };
}

/** The same question, from the cursor on. Without a host: which one the client knows us under is its business. */
function nextLink(url: string, cursor: string): string {
  const [path = '', ...rest] = url.split('?');
  const parameters = new URLSearchParams(rest.join('?'));
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}

/** Cuts what was read with one more than `pageSize` to the page, and makes the cursor of the next one from the page's last item. */
export function pageOf<Row>(
  list: string,
  query: ListQuery,
  rows: readonly Row[],
  place: (last: Row) => JsonObject,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, pageSize(query));
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > page.length && last !== undefined ? encodeCursor(list, place(last)) : null };
}
