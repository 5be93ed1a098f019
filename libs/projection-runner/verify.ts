import type { EventStore } from '@coord/event-store/index';
import { makeSchemaAside, unflushed, withSchemasAside } from './aside';
import { beyondTheLog, readCheckpoints } from './checkpoints';
import { fill } from './fill';
import { hashOf } from './hash';
import { withoutLateIndexes } from './late-indexes';
import type { Projection } from './projection';

export interface Verification {
  name: string;
  /** The live checkpoint, up to which both were made. */
  position: number;
  live: string;
  rebuilt: string;
  same: boolean;
}

/**
 * Makes a read model anew beside the live one, exactly up to its checkpoint, and compares their hashes. Changes nothing.
 *
 * @throws RebuildUnderWay; an Error when the projection has never run
 */
export function verify({
  store,
  databaseUrl,
  projection,
}: {
  store: EventStore;
  databaseUrl: string;
  projection: Projection;
}): Promise<Verification> {
  const { name, tables } = projection;
  return withSchemasAside(databaseUrl, projection, async (session) => {
    const { position, live } = await session.transaction(async (sql) => {
      const checkpoint = (await readCheckpoints(sql, [name])).get(name);
      if (checkpoint === undefined) throw new Error(`"${name}" has never run: there is nothing to verify.`);
      if (checkpoint < 0) throw new Error(beyondTheLog(name, checkpoint));
      return { position: checkpoint, live: await hashOf(sql, name, tables) };
    }, 'repeatable read');
    const schema = await makeSchemaAside(session, projection, 'verify');
    await withoutLateIndexes(session, projection, schema);
    await fill({ store, projection, schema, after: 0, until: position, inTransaction: unflushed(session) });
    const rebuilt = await session.transaction((sql) => hashOf(sql, schema, tables));
    return { name, position, live, rebuilt, same: live === rebuilt };
  });
}
