import { join } from 'node:path';
import type { Projection, RecordedEvent, Target } from '@coord/projection-runner/index';
import { BoardState } from './board-state';
import { type SnapshotPart, SnapshotParts } from './snapshot-parts';
import { applyNext, type BoardLog, foldOn, latestSnapshot, writePart } from './snapshots';

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
 * from there. What is written when depends on the fold alone, so it is the same however the log is cut.
 */
export function boardProjection({ log, broadcastForMs }: BoardProjectionOptions): Projection {
  const keep = keepBroadcastsMs(broadcastForMs);
  let state = new BoardState(keep);
  let snapshots = new SnapshotParts(state);

  const begin = async ({ sql, table }: Target, position: number): Promise<void> => {
    const begun = await latestSnapshot(sql, table('snapshots'), { position }, keep);
    const parts = new SnapshotParts(begun);
    // what is due on the way has been written with its events
    await foldOn(log, begun, { position }, () => parts.after(begun));
    [state, snapshots] = [begun, parts];
  };

  return {
    name: 'board',
    migrations: join(__dirname, 'migrations'),
    tables: ['snapshots'],

    async project(events, target) {
      const first = events[0];
      if (!first) return;
      if (!(await isNext(log, state.position, first))) await begin(target, first.position - 1);
      const due: SnapshotPart[] = [];
      for (const event of events) {
        await applyNext(log, state, event);
        due.push(...snapshots.after(state));
      }
      await Promise.all(due.map((part) => writePart(target, part)));
    },
  };
}

/** Positions may have gaps between them, so that only the log knows what comes after one. */
async function isNext(log: BoardLog, position: number, event: RecordedEvent): Promise<boolean> {
  if (event.position <= position + 1) return event.position === position + 1;
  const { events } = await log.readAll({ after: position, limit: 1 });
  return events[0]?.id === event.id;
}
