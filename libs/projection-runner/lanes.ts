import type { EventStore } from '@coord/event-store/index';
import type { Positions } from './checkpoints';
import type { Lane } from './lane';
import type { Projection } from './projection';

/** So many events behind, a projection rides with the others: they wait for it for a few batches. */
const NEAR = 2_000;
/** A lane that is behind the others, or so far behind the end of the log, takes this many times larger batches. */
const STRIDE = 10;

/**
 * Who goes through the log together. Projections near the one that is furthest on share its lane, each from its own
 * checkpoint. The others (new ones, mostly) catch up in lanes of their own, so that nobody waits for them. A lane that is
 * far behind the end of the log takes large batches up to there, and is then planned again.
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
  const head = await store.head();
  const together = projections.filter((projection) => near.has(at(projection)));
  const behind = (await store.readAll({ after: front, limit: NEAR })).position < head;
  return [
    { projections: together, batchSize: behind ? batchSize * STRIDE : batchSize, until: behind ? head : null },
    ...far.map((checkpoint) => ({
      projections: projections.filter((projection) => at(projection) === checkpoint),
      batchSize: batchSize * STRIDE,
      until: head,
    })),
  ];
}
