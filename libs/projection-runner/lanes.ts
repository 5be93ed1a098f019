import type { EventStore } from '@coord/event-store/index';
import type { Positions } from './checkpoints';
import type { Lane } from './lane';
import type { Projection } from './projection';

/** So many events behind, a projection rides with the others: they wait for it for a few batches. */
const NEAR = 2_000;
/** A lane that is behind takes this many times larger batches. */
const STRIDE = 10;

/**
 * Who goes through the log together. Projections near the one that is furthest on share its lane, each from its own
 * checkpoint. The others (new ones, mostly) catch up in lanes of their own, so that nobody waits for them; such a lane ends
 * at the end of the log as it is now, and is then planned again.
 */
export async function planLanes(store: EventStore, projections: readonly Projection[], positions: Positions, batchSize: number): Promise<Lane[]> {
  const at = (projection: Projection): number => positions.get(projection.name) ?? 0;
  const front = Math.max(...projections.map(at));
  const checkpoints = [...new Set(projections.map(at))];
  const near = new Set<number>();
  for (const checkpoint of checkpoints) {
    if (checkpoint === front || (await store.readAll({ after: checkpoint, limit: NEAR })).position >= front) near.add(checkpoint);
  }
  const far = checkpoints.filter((checkpoint) => !near.has(checkpoint));
  const head = far.length > 0 ? await store.head() : 0;
  return [
    { projections: projections.filter((projection) => near.has(at(projection))), batchSize, until: null },
    ...far.map((checkpoint) => ({
      projections: projections.filter((projection) => at(projection) === checkpoint),
      batchSize: batchSize * STRIDE,
      until: head,
    })),
  ];
}
