import type { EventFilter, EventPage, RecordedEvent } from '../event-store';
import type { Pool } from './pool';

/** Bytes after which a page ends, however many events were asked for: bounds what a reader holds. */
const PAGE_BYTES = 8 * 1024 * 1024;
/** Positions that a filtered page looks at, so that a rare event doesn't make one query read the whole log. */
const FILTERED_WINDOW = 10_000;
/** Events of one query for a stream: each gets a deadline of its own. */
const STREAM_PAGE = 2_000;

type LogRow = { head: number } & ({ position: null } | (RecordedEvent & { bytes: number }));

export async function readAll(pool: Pool, { after, limit, filter }: { after: number; limit: number; filter?: EventFilter }): Promise<EventPage> {
  const types = filter?.types ? [...filter.types] : null;
  const prefixes = filter?.streamPrefixes ? [...filter.streamPrefixes] : null;
  const end = after + (types || prefixes ? Math.max(limit, FILTERED_WINDOW) : limit);
  const rows = await pool.ask(
    (sql) => sql<LogRow[]>`
      with head as (select coalesce(max(position), 0) as head from log.events)
      select head, position, stream, revision, id, type, data, metadata, bytes
      from head
      left join lateral (
        select *, sum(pg_column_size(data) + pg_column_size(metadata)) over (order by position) as bytes
        from log.events
        where position > ${after} and position <= ${end}
          and (${types}::text[] is null or type = any (${types}))
          and (${prefixes}::text[] is null or stream ^@ any (${prefixes}))
        order by position
        limit ${limit}
      ) page on bytes - pg_column_size(data) - pg_column_size(metadata) < ${PAGE_BYTES}
      order by position`,
  );
  const events = rows.flatMap((row) => (row.position === null ? [] : [toEvent(row)]));
  const last = rows.at(-1);
  const full = last !== undefined && last.position !== null && (events.length === limit || last.bytes >= PAGE_BYTES);
  return { events, position: full ? last.position : Math.max(after, Math.min(end, last?.head ?? after)) };
}

export interface StreamRange {
  from?: number;
  direction?: 'forwards' | 'backwards';
  limit?: number;
}

export async function readStream(
  pool: Pool,
  stream: string,
  { from, direction = 'forwards', limit = Infinity }: StreamRange,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const step = direction === 'forwards' ? 1 : -1;
  let next = from ?? (direction === 'forwards' ? 0 : Number.MAX_SAFE_INTEGER);
  while (events.length < limit) {
    const size = Math.min(STREAM_PAGE, limit - events.length);
    const page = await readStreamPage(pool, stream, next, direction, size);
    events.push(...page.map(toEvent));
    const last = page.at(-1);
    if (!last || (page.length < size && last.bytes < PAGE_BYTES)) break;
    next = last.revision + step;
  }
  return events;
}

type SizedEvent = RecordedEvent & { bytes: number };

async function readStreamPage(pool: Pool, stream: string, from: number, direction: 'forwards' | 'backwards', limit: number): Promise<SizedEvent[]> {
  return pool.ask((sql) =>
    direction === 'forwards'
      ? sql<SizedEvent[]>`
          select * from (
            select *, sum(pg_column_size(data) + pg_column_size(metadata)) over (order by revision) as bytes
            from log.events where stream = ${stream} and revision >= ${from} order by revision limit ${limit}
          ) page
          where bytes - pg_column_size(data) - pg_column_size(metadata) < ${PAGE_BYTES} order by revision`
      : sql<SizedEvent[]>`
          select * from (
            select *, sum(pg_column_size(data) + pg_column_size(metadata)) over (order by revision desc) as bytes
            from log.events where stream = ${stream} and revision <= ${from} order by revision desc limit ${limit}
          ) page
          where bytes - pg_column_size(data) - pg_column_size(metadata) < ${PAGE_BYTES} order by revision desc`,
  );
}

function toEvent({ stream, revision, position, id, type, data, metadata }: RecordedEvent): RecordedEvent {
  return { stream, revision, position, id, type, data, metadata };
}
