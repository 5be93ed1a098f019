import type { RecordedEvent } from '@coord/event-store/index';
import { checkPositions, lockCheckpoints, moveCheckpoints, type Positions } from './checkpoints';
import type { Projection } from './projection';
import { targetOf } from './projection-schema';
import type { Session, Sql } from './session';

/** Events in order, and the position that a projection has reached with them (also without any). */
export interface Batch {
  events: readonly RecordedEvent[];
  position: number;
}

/**
 * Applies a batch to projections and moves their checkpoints, in one transaction: each event counts once or not yet.
 * A projection gets the events after its own checkpoint.
 *
 * @param positions where this instance left the checkpoint of each projection
 * @returns where the checkpoints are now
 * @throws CheckpointMoved when they are elsewhere, or what a projection throws; then nothing was written. After a connection
 *   error the outcome is unknown: read the checkpoints again.
 */
export async function applyBatch(session: Session, projections: readonly Projection[], positions: Positions, batch: Batch): Promise<Positions> {
  const left = new Map(projections.map(({ name }) => [name, positions.get(name) ?? 0]));
  const moved = new Map([...left].map(([name, position]) => [name, Math.max(position, batch.position)]));
  await session.transaction(async (sql) => {
    // A crash of Postgres may take the last batches back, but rows and checkpoint go together, and the log still has the events.
    const unflushed = sql`set local synchronous_commit = off`;
    const locked = lockCheckpoints(sql, [...left.keys()]);
    // Sent without waiting for the lock: behind it on the same connection, and undone if the checkpoints are not as they should be.
    const applied = projections.map((projection) => project(sql, projection, left.get(projection.name) ?? 0, batch.events));
    // All must have come to an end before the rollback, or a late statement would run after it, outside of the transaction.
    const [, found, ...outcomes] = await Promise.allSettled([unflushed, locked, ...applied]);
    if (found.status === 'rejected') throw found.reason;
    checkPositions(left, found.value);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    await moveCheckpoints(sql, moved);
  });
  return moved;
}

async function project(sql: Sql, projection: Projection, after: number, events: readonly RecordedEvent[]): Promise<void> {
  const news = events.filter((event) => event.position > after);
  if (news.length > 0) await projection.project(news, targetOf(sql, projection.name));
}
