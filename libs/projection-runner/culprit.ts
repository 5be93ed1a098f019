import type { RecordedEvent } from '@coord/event-store/index';
import { applyBatch, type Batch } from './batch';
import { CheckpointMoved } from './checkpoints';
import { isPassing } from './passing-error';
import type { Projection } from './projection';
import type { Session } from './session';

export interface Culprit {
  event: RecordedEvent;
  error: unknown;
}

/** Whether an error says that a projection can't apply an event, rather than something about the database or the leadership. */
export const isFaultOfProjection = (error: unknown): boolean => !isPassing(error) && !(error instanceof CheckpointMoved);

/**
 * Applies a batch to one projection in ever smaller parts, up to the event that can't be applied.
 *
 * @param position where the projection's checkpoint was left
 * @returns where it is now, and the event that it stands before, if there is one (a batch may fail only as a whole)
 * @throws CheckpointMoved, connection errors
 */
export async function applyUpToCulprit(
  session: Session,
  projection: Projection,
  position: number,
  batch: Batch,
): Promise<{ position: number; culprit?: Culprit }> {
  let reached = position;
  let rest = batch.events.filter((event) => event.position > position);
  let size = rest.length;
  for (;;) {
    const part = rest.slice(0, size);
    const last = part.at(-1);
    const end = part.length < rest.length && last ? last.position : batch.position;
    try {
      const moved = await applyBatch(session, [projection], new Map([[projection.name, reached]]), { events: part, position: end });
      reached = moved.get(projection.name) ?? end;
    } catch (error) {
      if (!isFaultOfProjection(error) || !last) throw error;
      if (part.length === 1) return { position: reached, culprit: { event: last, error } };
      size = Math.ceil(part.length / 2);
      continue;
    }
    rest = rest.slice(part.length);
    if (rest.length === 0) return { position: reached };
  }
}
