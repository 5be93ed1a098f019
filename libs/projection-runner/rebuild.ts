import type { EventStore } from '@coord/event-store/index';
import { makeSchemaAside, unflushed, withSchemasAside } from './aside';
import { addCheckpoint, lockCheckpoints, readCheckpoints } from './checkpoints';
import { type Filling, fill, fillTogether } from './fill';
import { withoutLateIndexes } from './late-indexes';
import type { Projection } from './projection';
import { aside, prepareSchema } from './projection-schema';
import type { Session } from './session';

/** With so many events left, or fewer, the swap does not keep the leader waiting. */
const FEW = 500;

export interface RebuildProgress {
  position: number;
  /** The checkpoint of the live read model, where the rebuild will end; of several, the last one. */
  head: number;
  eventsPerSecond: number;
}

export interface RebuildOptions {
  store: EventStore;
  databaseUrl: string;
  onProgress?: (progress: RebuildProgress) => void;
}

export interface RebuildResult {
  name: string;
  position: number;
  events: number;
  durationMs: number;
}

/** A read model on its way. `position`: up to where its schema aside has been filled. */
interface Rebuilding {
  projection: Projection;
  session: Session;
  schema: string;
  makeIndexes: () => Promise<void>;
  position: number;
  events: number;
  error?: unknown;
}

/**
 * Makes a read model anew from the whole log, in a schema beside the live one, up to the live checkpoint, and swaps the
 * two. The rows change, the checkpoint does not: a leader goes on as if nothing had happened, whether it runs or not, and so
 * do reads. Stopped before the swap, it leaves the live read model as it was.
 *
 * @throws RebuildUnderWay; what the projection throws on an event that it can't apply
 */
export async function rebuild({ projection, ...options }: RebuildOptions & { projection: Projection }): Promise<RebuildResult> {
  const [result] = await rebuildTogether({ ...options, projections: [projection] });
  if (!result || 'error' in result) throw result?.error;
  return result;
}

/**
 * The same for several read models, for which the log is read once. One that fails stays as it was, the others go on.
 * @returns how each of them ended, in their order
 * @throws RebuildUnderWay of any of them; then none is begun
 */
export function rebuildTogether({
  store,
  databaseUrl,
  projections,
  onProgress,
}: RebuildOptions & { projections: readonly Projection[] }): Promise<(RebuildResult | { name: string; error: unknown })[]> {
  const started = performance.now();
  return withSessions(databaseUrl, projections, async (all) => {
    let done = 0;
    for (let most = Number.POSITIVE_INFINITY; most > FEW; ) {
      const going = all.filter(({ error }) => error === undefined);
      if (going.length === 0) break;
      const fillings = await Promise.all(going.map(toLiveCheckpoint));
      const head = Math.max(...fillings.map(({ until }) => until));
      const filled = await fillTogether({
        store,
        fillings,
        onPage: (count, position) => {
          done += count;
          onProgress?.({ position, head, eventsPerSecond: (done * 1000) / (performance.now() - started) });
        },
      });
      most = 0;
      for (const [place, one] of going.entries()) {
        const outcome = filled[place];
        if (!outcome || 'error' in outcome) one.error = outcome?.error ?? new Error('no outcome');
        else most = Math.max(most, outcome.events);
        if (outcome && 'events' in outcome) Object.assign(one, { events: one.events + outcome.events, position: fillings[place]?.until });
      }
    }
    await Promise.all(all.map((one) => finish(store, one)));
    return all.map(({ projection: { name }, position, events, error }) =>
      error === undefined ? { name, position, events, durationMs: performance.now() - started } : { name, error },
    );
  });
}

/** A session for each of them, and the schema aside in it. */
function withSessions<T>(databaseUrl: string, projections: readonly Projection[], work: (all: Rebuilding[]) => Promise<T>): Promise<T> {
  const begin = ([projection, ...rest]: readonly Projection[], begun: Rebuilding[]): Promise<T> => {
    if (!projection) return work(begun);
    return withSchemasAside(databaseUrl, projection, async (session) => {
      await prepareSchema(session, projection);
      await addCheckpoint(session.sql, projection.name);
      const schema = await makeSchemaAside(session, projection, 'rebuild');
      const makeIndexes = await withoutLateIndexes(session, projection, schema);
      return begin(rest, [...begun, { projection, session, schema, makeIndexes, position: 0, events: 0 }]);
    });
  };
  return begin(projections, []);
}

async function toLiveCheckpoint({ projection, session, schema, position }: Rebuilding): Promise<Filling> {
  const until = (await readCheckpoints(session.sql, [projection.name])).get(projection.name) ?? 0;
  return { projection, schema, after: position, until, inTransaction: unflushed(session) };
}

async function finish(store: EventStore, one: Rebuilding): Promise<void> {
  const { projection, session, schema } = one;
  if (one.error !== undefined) return;
  try {
    await one.makeIndexes();
    for (const table of projection.tables) await session.sql`analyze ${session.sql(`${schema}.${table}`)}`;
    // What came while the indexes were made; the rest is for the swap.
    const filling = await toLiveCheckpoint(one);
    one.events += await fill({ store, ...filling });
    one.position = filling.until;
    await swap(store, one);
  } catch (error) {
    one.error = error;
  }
}

/** The old rows are dropped later, for that waits for queries that still read them, and the leader must not wait with it. */
async function swap(store: EventStore, one: Rebuilding): Promise<void> {
  const { projection, session, schema, position } = one;
  const { name } = projection;
  await session.transaction(async (sql) => {
    // Every batch begins with this lock, so the live read model stands still until the swap is done.
    const until = (await lockCheckpoints(sql, [name])).get(name) ?? 0;
    one.events += await fill({ store, projection, schema, after: position, until, inTransaction: (work) => work(sql) });
    one.position = until;
    await sql`alter schema ${sql(name)} rename to ${sql(aside(projection, 'old'))}`;
    await sql`alter schema ${sql(schema)} rename to ${sql(name)}`;
  });
}
