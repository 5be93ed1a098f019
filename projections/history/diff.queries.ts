import type { Sql } from 'postgres';
import { type HistoryQuery, within } from './history.queries';

/** An event as a diff shows it: long texts are cut, large values left out. */
export interface DiffEvent {
  position: string;
  stream: string;
  type: string;
  at: Date;
  actor: string | null;
  project_key: string | null;
  subject: string | null;
  data: { [key: string]: unknown };
}

/** Bytes of an event that is shown as it is. */
const SMALL = 2_000;
const LONGEST_TEXT = 500;

/** Whatever is in an event, a diff of thousands of them stays in memory. */
const shortened = (sql: Sql) => sql`
  case when pg_column_size(data) <= ${SMALL} then data else (
    select coalesce(json_object_agg(key, case
      when jsonb_typeof(value) = 'string' and length(value #>> '{}') > ${LONGEST_TEXT} then to_jsonb(left(value #>> '{}', ${LONGEST_TEXT}) || '…')
      else value end), '{}')
    from jsonb_each(data::jsonb)
    where jsonb_typeof(value) not in ('object', 'array') or pg_column_size(value) <= ${SMALL}
  ) end as data`;

/** The events of a range, oldest first. @param query.except a type that changes nothing */
export const eventsBetween = (
  sql: Sql,
  query: Pick<HistoryQuery, 'projectKey' | 'from' | 'to' | 'limit'> & { except: string },
): Promise<DiffEvent[]> => sql<DiffEvent[]>`
  select position, stream, type, at, actor, project_key, subject, ${shortened(sql)} from history.events
  where ${within(sql, query)} and type <> ${query.except} order by position limit ${query.limit}`;

/** Of each of these streams the last event before a position, but for those of one type. */
export const lastBefore = (sql: Sql, places: readonly { of_stream: string; before: number }[], except: string): Promise<DiffEvent[]> => sql<
  DiffEvent[]
>`
  select position, stream, type, at, actor, project_key, subject, ${shortened(sql)}
  from jsonb_to_recordset(${sql.json(places as never)}) as place (of_stream text, before bigint)
  cross join lateral (
    select * from history.events
    where stream = of_stream and position < before and type <> ${except}
    order by position desc limit 1
  ) as last`;
