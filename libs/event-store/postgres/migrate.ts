import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from 'postgres';

/**
 * Brings a schema up to date: applies the numbered `.sql` files of a folder that it has not seen yet, in order of their
 * names, each once. Files name their tables without a schema. Several processes may call it at the same time.
 *
 * @param sql a client; one connection of it is used for one transaction
 * @throws what a file throws; then nothing of this call stays
 */
export async function migrate<Types extends Record<string, unknown>>(
  sql: Sql<Types>,
  { folder, schema }: { folder: string; schema: string },
): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  await sql.begin(async (transaction) => {
    // Also guards `create schema if not exists`, which fails when two do it at once.
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`migrate ${schema}`}, 0))`;
    await transaction`create schema if not exists ${transaction(schema)}`;
    await transaction`select set_config('search_path', ${`"${schema}"`}, true)`;
    await transaction`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`;
    const applied = new Set((await transaction<{ name: string }[]>`select name from migrations`).map(({ name }) => name));
    for (const name of files.filter((file) => !applied.has(file))) {
      await transaction.unsafe(await readFile(join(folder, name), 'utf8'));
      await transaction`insert into migrations (name) values (${name})`;
    }
  });
}
