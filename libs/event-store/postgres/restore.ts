import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { LogNotEmpty, type RestoredEvent, RestoreRefused, StoreUnavailable } from '../event-store';
import type { Client, Sql } from './connect';
import { NoAnswer, whatFailed } from './failures';

/** How long writers who are there already are waited for. */
const LOCK_TIMEOUT_MS = 2_000;
/** A statement that takes longer hangs on a dead connection; of the last look at all events, and the commit. */
const BATCH_MS = 30_000;
const END_MS = 600_000;

/**
 * Writes everything in one transaction, which holds off whoever appends (see 0002_append.sql) and goes away with its
 * connection. postgres.js would open another connection in silence, where each statement counts for itself: so each one
 * writes only where the transaction's own mark is set.
 * @returns how many events there are
 */
export async function restore(client: Client, pages: AsyncIterable<readonly RestoredEvent[]>, closing: AbortSignal): Promise<number> {
  const end = (): void => void client.end(0);
  closing.addEventListener('abort', end);
  try {
    return await inTransaction(client.sql, pages);
  } catch (error) {
    await bounded(client.sql`rollback`, LOCK_TIMEOUT_MS).catch(() => undefined); // with the connection everything is gone anyway
    throw isOurs(error) || whatFailed(error, true) === 'refused' ? error : new StoreUnavailable('none', error);
  } finally {
    closing.removeEventListener('abort', end);
    await client.end(0.5);
  }
}

const isOurs = (error: unknown): boolean => error instanceof LogNotEmpty || error instanceof RestoreRefused || error instanceof StoreUnavailable;

async function inTransaction(sql: Sql, pages: AsyncIterable<readonly RestoredEvent[]>): Promise<number> {
  const mark = randomUUID();
  await begin(sql, mark);
  let events = 0;
  let writing: Promise<void> = Promise.resolve();
  for await (const page of pages) {
    await writing;
    writing = write(sql, mark, page, events);
    writing.catch(() => undefined); // it is met with the next page, or after the last
    events += page.length;
  }
  await writing;
  await checkOrder(sql, mark);
  await commit(sql, events);
  return events;
}

/** A commit on another connection than the one that wrote is none. */
async function commit(sql: Sql, events: number): Promise<void> {
  const head = bounded(sql`commit`, END_MS).then(() => headOf(sql));
  const found = await head.catch((error: unknown) => {
    throw new StoreUnavailable('unknown', error);
  });
  if (found < events) throw new StoreUnavailable('none');
}

async function begin(sql: Sql, mark: string): Promise<void> {
  await bounded(sql`begin`, BATCH_MS);
  await bounded(sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true), set_config('coord.restoring', ${mark}, true)`, BATCH_MS);
  await bounded(sql`select pg_advisory_xact_lock(x'636f6f7264'::bigint)`, BATCH_MS);
  const head = await headOf(sql);
  if (head > 0) throw new LogNotEmpty(head);
  await bounded(sql`delete from log.snapshots`, BATCH_MS);
}

async function headOf(sql: Sql): Promise<number> {
  const [row] = await bounded(sql<{ head: number }[]>`select coalesce(max(position), 0) as head from log.events`, BATCH_MS);
  return row?.head ?? 0;
}

async function write(sql: Sql, mark: string, events: readonly RestoredEvent[], before: number): Promise<void> {
  const { count } = await bounded(
    sql`
      insert into log.events (position, stream, revision, id, type, data, metadata)
      select ${before}::bigint + n, stream, revision, id, type, data::json, metadata::json
      from unnest(
        ${events.map(({ stream }) => stream)}::text[], ${events.map(({ revision }) => revision)}::bigint[],
        ${events.map(({ id }) => id)}::uuid[], ${events.map(({ type }) => type)}::text[],
        ${events.map(({ data }) => JSON.stringify(data))}::text[], ${events.map(({ metadata }) => JSON.stringify(metadata))}::text[]
      ) with ordinality as brought (stream, revision, id, type, data, metadata, n)
      where current_setting('coord.restoring', true) = ${mark}
      order by n`,
    BATCH_MS,
  ).catch((error: unknown) => {
    throw twice(error, events, before) ?? error;
  });
  if (count !== events.length) throw new StoreUnavailable('none');
}

/** Which event is there already, when the server says that one is. */
function twice(error: unknown, events: readonly RestoredEvent[], before: number): RestoreRefused | null {
  if (!(error instanceof postgres.PostgresError) || error.code !== '23505') return null;
  const { detail } = error;
  const byId = events.findLastIndex(({ id }) => detail === `Key (id)=(${id}) already exists.`);
  if (byId >= 0) return new RestoreRefused(before + byId + 1, 'an event before it has the same id');
  const byPlace = events.findLastIndex(({ stream, revision }) => detail === `Key (stream, revision)=(${stream}, ${revision}) already exists.`);
  return byPlace < 0 ? null : new RestoreRefused(before + byPlace + 1, 'an event before it has the same stream and revision');
}

/** Revisions of a stream count from 0, in the order of positions. */
async function checkOrder(sql: Sql, mark: string): Promise<void> {
  const [wrong] = await bounded(
    sql<{ position: number; stream: string; revision: number }[]>`
      select position, stream, revision
      from (
        select *, lag(revision, 1, -1::bigint) over stream_order as previous, lag(position, 1, 0::bigint) over stream_order as place
        from log.events
        where current_setting('coord.restoring', true) = ${mark}
        window stream_order as (partition by stream order by revision)
      ) as events
      where revision <> previous + 1 or position < place
      order by position
      limit 1`,
    END_MS,
  );
  if (wrong) throw new RestoreRefused(wrong.position, `revision ${wrong.revision} of the stream ${wrong.stream} does not follow the one before it`);
}

async function bounded<T>(query: PromiseLike<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([query, late]);
  } finally {
    clearTimeout(timer);
  }
}
