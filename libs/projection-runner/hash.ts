import { createHash } from 'node:crypto';
import type { Sql } from './session';

/**
 * The hash of a schema's tables: equal when they hold the same rows, in whatever order, on any server. Postgres adds up the
 * MD5 of the rows as text, so memory does not grow with the tables.
 *
 * @param sql of a transaction: the form of times and numbers in text is set for it
 * @returns 64 hexadecimal digits
 */
export async function hashOf(sql: Sql, schema: string, tables: readonly string[]): Promise<string> {
  await sql`
    select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'iso_8601', true),
      set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true)`;
  const hash = createHash('sha256');
  for (const table of [...tables].sort()) {
    const [sums] = await sql<{ rows: string; high: string; low: string }[]>`
      select count(*)::text as rows, coalesce(sum(('x' || left(md5, 16))::bit(64)::bigint::numeric), 0)::text as high,
        coalesce(sum(('x' || right(md5, 16))::bit(64)::bigint::numeric), 0)::text as low
      from (select md5(t::text) as md5 from ${sql(`${schema}.${table}`)} t) as hashed`;
    hash.update(`${table} ${sums?.rows} ${sums?.high} ${sums?.low}\n`);
  }
  return hash.digest('hex');
}
