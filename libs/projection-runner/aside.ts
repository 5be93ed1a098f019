import { prepareCheckpoints } from './checkpoints';
import type { Projection } from './projection';
import { aside, prepareSchema } from './projection-schema';
import { Session, type Sql } from './session';

/** Another rebuild or verification of the projection is under way. */
export class RebuildUnderWay extends Error {
  constructor(name: string) {
    super(`A rebuild or verification of "${name}" is under way. Try again when it has ended.`);
    this.name = 'RebuildUnderWay';
  }
}

/**
 * Gives `work` a session that has the schemas beside the live one for itself, without anything that an earlier run was
 * stopped in. Removes them in the end.
 *
 * @throws RebuildUnderWay, what `work` throws
 */
export async function withSchemasAside<T>(databaseUrl: string, projection: Projection, work: (session: Session) => Promise<T>): Promise<T> {
  const session = new Session({ databaseUrl, applicationName: `coord rebuild ${projection.name}` });
  try {
    // Goes with the session, however that ends.
    const [lock] = await session.sql<{ held: boolean }[]>`
      select pg_try_advisory_lock(hashtextextended(${`coord rebuild ${projection.name}`}, 0)) as held`;
    if (!lock?.held) throw new RebuildUnderWay(projection.name);
    await prepareCheckpoints(session);
    await dropSchemasAside(session.sql, projection);
    try {
      return await work(session);
    } finally {
      if (!session.lost.aborted) await dropSchemasAside(session.sql, projection);
    }
  } finally {
    await session.end();
  }
}

/** Makes the empty tables of a projection in a schema beside the live one; returns its name. */
export async function makeSchemaAside(session: Session, projection: Projection, kind: 'rebuild' | 'verify'): Promise<string> {
  const schema = aside(projection, kind);
  await prepareSchema(session, projection, schema);
  return schema;
}

/** A transaction that need not be on disk at once: what is aside is made again after a crash. */
export const unflushed =
  (session: Session) =>
  (work: (sql: Sql) => Promise<void>): Promise<void> =>
    session.transaction(async (sql) => {
      await sql`set local synchronous_commit = off`;
      await work(sql);
    });

async function dropSchemasAside(sql: Sql, projection: Projection): Promise<void> {
  for (const kind of ['rebuild', 'verify', 'old'] as const) await sql`drop schema if exists ${sql(aside(projection, kind))} cascade`;
}
