import type { EventPage, EventStore } from '@coord/event-store/index';
import { applyBatch } from './batch';
import type { Positions } from './checkpoints';
import { applyUpToCulprit, type Culprit, isFaultOfProjection } from './culprit';
import { within } from './deadline';
import type { Pace } from './pace';
import type { Projection } from './projection';
import type { Session } from './session';

/** A batch that takes longer hangs on a dead connection; ms. */
const BATCH_DEADLINE_MS = 30_000;

export interface BatchReport {
  events: number;
  durationMs: number;
  /** Of the last event. */
  position: number;
  /** From the decision on the batch's oldest event to the commit of its rows; null without events. */
  lagMs: number | null;
}

/** So many full batches in a row, and a lane that follows the log is behind it. */
const FULL_BATCHES = 4;

/** What a lane tells of its progress. */
export interface LaneEvents {
  advanced(positions: Positions): void;
  stopped(projection: Projection, culprit: Culprit): void;
  batch(report: BatchReport): void;
}

/** Projections that go through the log together, on one subscription and one connection. */
export interface Lane {
  projections: readonly Projection[];
  batchSize: number;
  /** Where the lane ends; null: it follows the log for good. */
  until: number | null;
}

/**
 * Feeds the projections of a lane from the smallest of their checkpoints on, until `signal` aborts, `until` is reached, none
 * is left that can go on, or it is so far behind that another plan is better. A batch under way is finished.
 *
 * @throws CheckpointMoved, and connection errors: then read the checkpoints again before going on.
 */
export async function runLane(
  { projections, batchSize, until }: Lane,
  {
    store,
    session,
    positions,
    events,
    pace,
    signal,
  }: { store: EventStore; session: Session; positions: Positions; events: LaneEvents; pace: Pace; signal: AbortSignal },
): Promise<void> {
  const left = new Map(projections.map(({ name }) => [name, positions.get(name) ?? 0]));
  let active = projections;

  const advance = (moved: Positions): void => {
    for (const [name, position] of moved) left.set(name, position);
    events.advanced(moved);
  };

  const applyApart = async (page: EventPage): Promise<void> => {
    for (const projection of active) {
      const { position, culprit } = await applyUpToCulprit(session, projection, left.get(projection.name) ?? 0, page);
      advance(new Map([[projection.name, position]]));
      if (!culprit) continue;
      active = active.filter((one) => one !== projection);
      events.stopped(projection, culprit);
    }
  };

  const apply = async (page: EventPage): Promise<void> => {
    try {
      advance(await applyBatch(session, active, left, page));
    } catch (error) {
      if (!isFaultOfProjection(error)) throw error;
      await applyApart(page);
    }
  };

  const after = Math.min(...left.values());
  if (until !== null && after >= until) return;
  let full = 0;
  for await (const page of store.subscribe({ after, signal, batchSize })) {
    const started = performance.now();
    pace.begin(page.events.length);
    await within(BATCH_DEADLINE_MS, apply(page));
    events.batch(reportOf(page, started));
    if (active.length === 0 || (until !== null && page.position >= until)) return;
    full = page.events.length < batchSize ? 0 : full + 1;
    if (until === null && full >= FULL_BATCHES) return;
    if (until === null && full === 0) await pace.rest(signal);
  }
}

function reportOf({ events, position }: EventPage, started: number): BatchReport {
  const oldest = events[0];
  return {
    events: events.length,
    durationMs: performance.now() - started,
    position,
    lagMs: oldest ? Math.max(0, Date.now() - Date.parse(oldest.metadata.at)) : null,
  };
}
