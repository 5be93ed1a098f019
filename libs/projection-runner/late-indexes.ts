import type { Projection } from './projection';
import type { Session } from './session';

/**
 * Drops the indexes of a schema that its projection does not need while it fills it: making each of them at the end costs a fraction.
 * @returns makes them, as they were
 */
export async function withoutLateIndexes(session: Session, { lateIndexes = [] }: Projection, schema: string): Promise<() => Promise<void>> {
  const found = await session.sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes where schemaname = ${schema} and indexname = any(${[...lateIndexes]}::text[])`;
  if (found.length < lateIndexes.length)
    throw new Error(`${schema} has no index ${lateIndexes.filter((name) => !found.some((index) => index.name === name)).join(', ')}.`);
  for (const { name } of found) await session.sql`drop index ${session.sql(`${schema}.${name}`)}`;
  return async () => {
    for (const { definition } of found) await session.sql.unsafe(definition);
  };
}
