import type { EventStore } from '@coord/event-store/index';
import { makeSchemaAside, unflushed, withSchemasAside } from './aside';
import { addCheckpoint, checkPositions, lockCheckpoints, moveCheckpoints, readCheckpoints } from './checkpoints';
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

/** For the leader, whose read models are so far behind that making them anew is faster than feeding them. */
export interface CatchUpOptions extends RebuildOptions {
  projections: readonly Projection[];
  /** Gives it up. */
  signal: AbortSignal;
}

export interface RebuildResult {
  name: string;
  position: number;
  events: number;
  durationMs: number;
}

export type Rebuilt = RebuildResult | { name: string; error: unknown };

/** A read model on its way. `position`: up to where its schema aside has been filled. */
interface Rebuilding {
  projection: Projection;
  session: Session;
  schema: string;
  makeIndexes: () => Promise<void>;
  /** Where the live checkpoint is, which moves to the end of the log with the swap; null: it stays, and that is how far the rebuild goes. */
  leaves: number | null;
  position: number;
  events: number;
  error?: unknown;
}

/**
 * Makes a read model anew from the whole log, in a schema beside the live one, up to the live checkpoint, and swaps the
 * two. The rows change, the checkpoint does not: a leader goes on as if nothing had happened, whether it runs or not, and so
 * do reads. Stopped before the swap, it leaves the live read model as it was. Only where the log ends before the live checkpoint, the
 * checkpoint moves back to that end.
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
export const rebuildTogether = (options: RebuildOptions & { projections: readonly Projection[] }): Promise<Rebuilt[]> => run(options, null);

/**
 * Brings read models to the end of the log by making them anew. Their checkpoints move with the swap.
 * @returns how each of them ended, in their order
 * @throws RebuildUnderWay, ConnectionLost, StoreUnavailable; an error as soon as `signal` aborts
 */
export const catchUpAnew = (options: CatchUpOptions): Promise<Rebuilt[]> => run(options, options.signal);

/** With a signal up to the end of the log, without one up to the live checkpoints. */
function run(
  { store, databaseUrl, projections, onProgress }: RebuildOptions & { projections: readonly Projection[] },
  signal: AbortSignal | null,
): Promise<Rebuilt[]> {
  const started = performance.now();
  return withSessions({ store, databaseUrl, projections, signal }, async (all) => {
    const end = (): void => all.forEach(({ session }) => void session.end());
    signal?.addEventListener('abort', end);
    let done = 0;
    for (let most = Number.POSITIVE_INFINITY; most > FEW; ) {
      const going = all.filter(({ error }) => error === undefined);
      if (going.length === 0) break;
      signal?.throwIfAborted();
      const fillings = await Promise.all(going.map((one) => toItsEnd(store, one)));
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
    signal?.removeEventListener('abort', end);
    return all.map(({ projection: { name }, position, events, error }) =>
      error === undefined ? { name, position, events, durationMs: performance.now() - started } : { name, error },
    );
  });
}

/** A session for each of them, and the schema aside in it. */
function withSessions<T>(
  { store, databaseUrl, projections, signal }: Omit<CatchUpOptions, 'signal'> & { signal: AbortSignal | null },
  work: (all: Rebuilding[]) => Promise<T>,
): Promise<T> {
  const begin = ([projection, ...rest]: readonly Projection[], begun: Rebuilding[]): Promise<T> => {
    if (!projection) return work(begun);
    return withSchemasAside(databaseUrl, projection, async (session) => {
      await prepareSchema(session, projection);
      await addCheckpoint(session.sql, projection.name);
      const schema = await makeSchemaAside(session, projection, 'rebuild');
      const makeIndexes = await withoutLateIndexes(session, projection, schema);
      const live = await liveCheckpoint(session, projection);
      const leaves = signal === null && live >= 0 && live <= (await store.head()) ? null : live;
      signal?.throwIfAborted();
      return begin(rest, [...begun, { projection, session, schema, makeIndexes, leaves, position: 0, events: 0 }]);
    });
  };
  return begin(projections, []);
}

const liveCheckpoint = async ({ sql }: Session, { name }: Projection): Promise<number> => (await readCheckpoints(sql, [name])).get(name) ?? 0;

async function toItsEnd(store: EventStore, { projection, session, schema, position, leaves }: Rebuilding): Promise<Filling> {
  const until = leaves === null ? await liveCheckpoint(session, projection) : await store.head();
  return { projection, schema, after: position, until, inTransaction: unflushed(session) };
}

async function finish(store: EventStore, one: Rebuilding): Promise<void> {
  const { projection, session, schema } = one;
  if (one.error !== undefined) return;
  try {
    await one.makeIndexes();
    for (const table of projection.tables) await session.sql`analyze ${session.sql(`${schema}.${table}`)}`;
    // What came while the indexes were made; the rest is for the swap.
    const filling = await toItsEnd(store, one);
    one.events += await fill({ store, ...filling });
    one.position = filling.until;
    await swap(store, one);
  } catch (error) {
    one.error = error;
  }
}

/** The old rows are dropped later, for that waits for queries that still read them, and the leader must not wait with it. */
async function swap(store: EventStore, one: Rebuilding): Promise<void> {
  const { projection, session, schema, position, leaves } = one;
  const { name } = projection;
  await session.transaction(async (sql) => {
    // Every batch begins with this lock, so the live read model stands still until the swap is done.
    const found = await lockCheckpoints(sql, [name]);
    if (leaves !== null) checkPositions(new Map([[name, leaves]]), found);
    const until = leaves === null ? (found.get(name) ?? 0) : position;
    one.events += await fill({ store, projection, schema, after: position, until, inTransaction: (work) => work(sql) });
    one.position = until;
    await sql`alter schema ${sql(name)} rename to ${sql(aside(projection, 'old'))}`;
    await sql`alter schema ${sql(schema)} rename to ${sql(name)}`;
    if (leaves !== null) await moveCheckpoints(sql, new Map([[name, until]]));
  });
}
