import postgres from 'postgres';
import { RestoreRefused } from '../event-store';
import { bounded } from './bounded';
import type { Sql } from './connect';

/** A statement that takes longer hangs on a dead connection: of those that look at every event. */
const ALL_EVENTS_MS = 3_600_000;
const MOMENT_MS = 40_000;
/** For readers of the empty table to end: they take milliseconds, and whoever comes after us waits as long. */
const READERS_MS = 30_000;

/** Without indexes: ids come in no order, and an index of a million of them costs more to keep up than to make at the end. */
export async function makeRestored(sql: Sql): Promise<void> {
  await bounded(sql`create table log.restored (like log.events including defaults including constraints including storage)`, MOMENT_MS);
}

/**
 * No id comes twice, and every stream counts from 0.
 * @throws RestoreRefused for an event that can't be there with those before it
 */
export async function checkRestored(sql: Sql): Promise<void> {
  // The settings of our connections are for a log with indexes. Sorting gets what making an index gets.
  await bounded(
    sql`select set_config('enable_seqscan', 'on', true), set_config('work_mem', current_setting('maintenance_work_mem'), true)`,
    MOMENT_MS,
  );
  await bounded(sql`savepoint ids`, MOMENT_MS);
  try {
    await bounded(sql`alter table log.restored add unique (id)`, ALL_EVENTS_MS);
  } catch (error) {
    const id =
      error instanceof postgres.PostgresError && error.code === '23505' ? /\(id\)=\(([0-9a-f-]{36})\)/.exec(error.detail ?? '')?.[1] : undefined;
    if (id === undefined) throw error;
    await bounded(sql`rollback to savepoint ids`, MOMENT_MS);
    const second = sql<{ position: number }[]>`select position from log.restored where id = ${id} order by position offset 1 limit 1`;
    const [{ position } = { position: 0 }] = await bounded(second, ALL_EVENTS_MS);
    throw new RestoreRefused(position, 'an event before it has the same id');
  }
  await checkOrder(sql);
}

/** Revisions of a stream count from 0, in the order of positions: so no two have the same. */
async function checkOrder(sql: Sql): Promise<void> {
  const [wrong] = await bounded(
    sql<{ position: number; stream: string; revision: number; expected: number }[]>`
      select position, stream, revision, expected
      from (select position, stream, revision, row_number() over (partition by stream order by position) - 1 as expected from log.restored) as events
      where revision <> expected
      order by position
      limit 1`,
    ALL_EVENTS_MS,
  );
  if (!wrong) return;
  const { position, stream, revision, expected } = wrong;
  const reason =
    revision < expected
      ? 'an event before it has the same stream and revision'
      : `revision ${revision} of the stream ${stream} does not follow the one before it`;
  throw new RestoreRefused(position, reason);
}

/** From the commit on it is the log: by the same names, with the same constraints, triggers and grants. */
export async function takeItsPlace(sql: Sql): Promise<void> {
  await bounded(sql`alter table log.restored add primary key (position), add unique (stream, revision)`, ALL_EVENTS_MS);
  await bounded(sql`analyze log.restored`, ALL_EVENTS_MS);
  const swap = sql.unsafe(`
    set local lock_timeout = ${READERS_MS};
    do $$ declare given record; begin
      for given in
        select case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end as who, privilege_type as what
        from pg_class, aclexplode(relacl) where oid = 'log.events'::regclass and grantee <> relowner
      loop execute format('grant %s on log.restored to %s', given.what, given.who); end loop;
    end $$;
    drop table log.events;
    alter table log.restored rename to events;
    alter table log.events rename constraint restored_pkey to events_pkey;
    alter table log.events rename constraint restored_id_key to events_id_key;
    alter table log.events rename constraint restored_stream_revision_key to events_stream_revision_key;
    create trigger append_only before update or delete or truncate on log.events for each statement execute function log.refuse_change();
    alter table log.events enable always trigger append_only;
    create trigger on_disk before insert on log.events for each statement
      when (current_setting('synchronous_commit') = 'off') execute function log.be_on_disk()`);
  await bounded(swap, MOMENT_MS);
}
