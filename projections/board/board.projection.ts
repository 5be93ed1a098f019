import { join } from 'node:path';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';
import { BoardState, STATE_SCHEMA } from './board-state';
import { applyNext, type BoardLog, foldOn, latestSnapshot } from './snapshots';

/** Fewest events between two snapshots, and how many there are at least for each thing in the state. */
const FEWEST_EVENTS = 500;
const EVENTS_PER_ITEM = 0.5;

interface Snapshot {
  position: number;
  latestAt: string;
  state: string;
}

export interface BoardProjectionOptions {
  log: BoardLog;
  /** For how long, in milliseconds, a broadcast reaches who asks. Where it becomes longer, boards of the past need a rebuild to know. */
  broadcastForMs: number;
}

/** A day for clocks that differ. */
const MARGIN_MS = 24 * 3_600_000;
export const keepBroadcastsMs = (broadcastForMs: number): number => broadcastForMs + MARGIN_MS;

/**
 * Snapshots of the board, by which it can be shown as it was (docs/decisions/0018). The state is kept in memory from batch to batch; a batch
 * that does not begin right after it (the first one, one after a rollback, one of a rebuild) begins from the last snapshot and reads the log
 * from there. When a snapshot is written depends on the fold alone, so they are the same however the log is cut. The larger the state, the
 * fewer snapshots: their cost for each event stays the same.
 */
export function boardProjection({ log, broadcastForMs }: BoardProjectionOptions): Projection {
  const keep = keepBroadcastsMs(broadcastForMs);
  let state = new BoardState(keep);
  /** Of the events that `state` has applied, how many had been when the last snapshot was made. */
  let appliedAtLast = 0;

  const begin = async ({ sql, table }: Target, position: number): Promise<void> => {
    const snapshot = await latestSnapshot(sql, table('snapshots'), { position }, keep);
    appliedAtLast = 0;
    state = await foldOn(log, snapshot, { position });
  };

  return {
    name: 'board',
    migrations: join(__dirname, 'migrations'),
    tables: ['snapshots'],

    async project(events, target) {
      const first = events[0];
      if (!first) return;
      if (!(await isNext(log, state.position, first))) await begin(target, first.position - 1);
      const snapshots: Snapshot[] = [];
      for (const event of events) {
        await applyNext(log, state, event);
        if (state.applied - appliedAtLast < Math.max(FEWEST_EVENTS, EVENTS_PER_ITEM * state.size)) continue;
        appliedAtLast = state.applied;
        snapshots.push({ position: state.position, latestAt: state.latestAt, state: JSON.stringify(state.toJson()) });
      }
      await Promise.all(snapshots.map((snapshot) => insert(target, snapshot)));
    },
  };
}

/** Positions may have gaps between them, so that only the log knows what comes after one. */
async function isNext(log: BoardLog, position: number, event: RecordedEvent): Promise<boolean> {
  if (event.position <= position + 1) return event.position === position + 1;
  const { events } = await log.readAll({ after: position, limit: 1 });
  return events[0]?.id === event.id;
}

async function insert({ sql, table }: Target, { position, latestAt, state }: Snapshot): Promise<void> {
  await sql`
    insert into ${table('snapshots')} (position, latest_at, schema, state)
    values (${position}, ${new Date(latestAt)}, ${STATE_SCHEMA}, ${state}::text::json)`;
}
