import type { Snapshot } from '../event-store';
import type { Pool } from './pool';

export async function loadSnapshot(pool: Pool, stream: string): Promise<Snapshot | null> {
  const [row] = await pool.ask((sql) => sql<Snapshot[]>`select stream, revision, schema, state from log.snapshots where stream = ${stream}`);
  return row ? { stream: row.stream, revision: row.revision, schema: row.schema, state: row.state } : null;
}

export async function saveSnapshot(pool: Pool, { stream, revision, schema, state }: Snapshot): Promise<void> {
  const written = JSON.stringify(state);
  await pool.ask(
    (sql) => sql`
      insert into log.snapshots (stream, revision, schema, state) values (${stream}, ${revision}, ${schema}, ${written}::text::json)
      on conflict (stream) do update set revision = excluded.revision, schema = excluded.schema, state = excluded.state
      where snapshots.revision <= excluded.revision`,
  );
}
