import { LogNotEmpty, type RestoredEvent, RestoreRefused, StoreUnavailable } from '../event-store';
import { arrayOf, linesOf } from './array-types';
import { bounded } from './bounded';
import type { Client, Sql } from './connect';
import { whatFailed } from './failures';
import { checkRestored, makeRestored, takeItsPlace } from './restored-table';

/** How long writers who are there already are waited for. */
const LOCK_TIMEOUT_MS = 2_000;
/** A statement that takes longer hangs on a dead connection; of the commit. */
const BATCH_MS = 30_000;
const END_MS = 600_000;

/**
 * Writes everything in one transaction, which holds off whoever appends (see 0002_append.sql) and goes away with its
 * connection: into a table of its own, whose indexes are made when it is full, and which then takes the place of the empty one.
 * @param client of one connection for good: postgres.js would open another one in silence, where each statement counts for itself
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
  await begin(sql);
  let events = 0;
  let writing: Promise<void> = Promise.resolve();
  for await (const page of pages) {
    await writing;
    writing = write(sql, page, events);
    writing.catch(() => undefined); // it is met with the next page, or after the last
    events += page.length;
  }
  await writing;
  await checkRestored(sql);
  await takeItsPlace(sql);
  await commit(sql, events);
  return events;
}

/** Only where the head can be seen afterwards is the commit known to have happened. */
async function commit(sql: Sql, events: number): Promise<void> {
  const head = bounded(sql`commit`, END_MS).then(() => headOf(sql));
  const found = await head.catch((error: unknown) => {
    throw new StoreUnavailable('unknown', error);
  });
  if (found < events) throw new StoreUnavailable('none');
}

async function begin(sql: Sql): Promise<void> {
  await bounded(sql`begin`, BATCH_MS);
  await bounded(sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true)`, BATCH_MS);
  // as 0005_on_disk.sql does for appends
  await bounded(sql`select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`, BATCH_MS);
  await bounded(sql`select pg_advisory_xact_lock(x'636f6f7264'::bigint)`, BATCH_MS);
  const head = await headOf(sql);
  if (head > 0) throw new LogNotEmpty(head);
  await bounded(sql`delete from log.snapshots`, BATCH_MS);
  await makeRestored(sql);
}

async function headOf(sql: Sql): Promise<number> {
  const [row] = await bounded(sql<{ head: number }[]>`select coalesce(max(position), 0) as head from log.events`, BATCH_MS);
  return row?.head ?? 0;
}

async function write(sql: Sql, events: readonly RestoredEvent[], before: number): Promise<void> {
  await bounded(
    sql`
      insert into log.restored (position, stream, revision, id, type, data, metadata)
      select ${before}::bigint + n, stream, revision, id, type, data::json, metadata::json
      from unnest(
        ${events.map(({ stream }) => stream)}::text[], ${arrayOf(events.map(({ revision }) => revision))}::bigint[],
        ${arrayOf(events.map(({ id }) => id))}::uuid[], ${events.map(({ type }) => type)}::text[],
        string_to_array(${linesOf(events.map(({ data }) => JSON.stringify(data)))}, chr(10)),
        string_to_array(${linesOf(events.map(({ metadata }) => JSON.stringify(metadata)))}, chr(10))
      ) with ordinality as brought (stream, revision, id, type, data, metadata, n)`,
    BATCH_MS,
  );
}
