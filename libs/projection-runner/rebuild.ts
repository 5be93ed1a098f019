import type { EventStore } from '@coord/event-store/index';
import { makeSchemaAside, unflushed, withSchemasAside } from './aside';
import { addCheckpoint, lockCheckpoints, readCheckpoints } from './checkpoints';
import { fill } from './fill';
import type { Projection } from './projection';
import { aside, prepareSchema } from './projection-schema';
import type { Session } from './session';

/** With so many events left, or fewer, the swap does not keep the leader waiting. */
const FEW = 500;

export interface RebuildProgress {
  position: number;
  /** The checkpoint of the live read model, where the rebuild will end. */
  head: number;
  eventsPerSecond: number;
}

export interface RebuildOptions {
  store: EventStore;
  databaseUrl: string;
  projection: Projection;
  onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildResult {
  name: string;
  position: number;
  events: number;
  durationMs: number;
}

/**
 * Makes a read model anew from the whole log, in a schema beside the live one, up to the live checkpoint, and swaps the
 * two. The rows change, the checkpoint does not: a leader goes on as if nothing had happened, whether it runs or not, and so
 * do reads. Stopped before the swap, it leaves the live read model as it was.
 *
 * @throws RebuildUnderWay; what the projection throws on an event that it can't apply
 */
export function rebuild({ store, databaseUrl, projection, onProgress }: RebuildOptions): Promise<RebuildResult> {
  const { name } = projection;
  return withSchemasAside(databaseUrl, projection, async (session) => {
    const started = performance.now();
    await prepareSchema(session, projection);
    await addCheckpoint(session.sql, name);
    const schema = await makeSchemaAside(session, projection, 'rebuild');
    let events = 0;
    let position = 0;
    for (let last = Number.POSITIVE_INFINITY; last > FEW; events += last) {
      const head = await liveCheckpoint(session, name);
      const before = events;
      let done = 0;
      const onPage = (count: number, at: number): void => {
        done += count;
        onProgress?.({ position: at, head, eventsPerSecond: ((before + done) * 1000) / (performance.now() - started) });
      };
      last = await fill({ store, projection, schema, after: position, until: head, inTransaction: unflushed(session), onPage });
      position = head;
    }
    for (const table of projection.tables) await session.sql`analyze ${session.sql(`${schema}.${table}`)}`;
    const swapped = await swap(session, { store, projection, schema, position });
    return { name, position: swapped.position, events: events + swapped.events, durationMs: performance.now() - started };
  });
}

async function liveCheckpoint(session: Session, name: string): Promise<number> {
  return (await readCheckpoints(session.sql, [name])).get(name) ?? 0;
}

/** The old rows are dropped later, for that waits for queries that still read them, and the leader must not wait with it. */
function swap(
  session: Session,
  { store, projection, schema, position }: { store: EventStore; projection: Projection; schema: string; position: number },
): Promise<{ position: number; events: number }> {
  const { name } = projection;
  return session.transaction(async (sql) => {
    // Every batch begins with this lock, so the live read model stands still until the swap is done.
    const until = (await lockCheckpoints(sql, [name])).get(name) ?? 0;
    const events = await fill({ store, projection, schema, after: position, until, inTransaction: (work) => work(sql) });
    await sql`alter schema ${sql(name)} rename to ${sql(aside(projection, 'old'))}`;
    await sql`alter schema ${sql(schema)} rename to ${sql(name)}`;
    return { position: until, events };
  });
}
