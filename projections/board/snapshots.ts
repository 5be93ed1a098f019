import type { RecordedEvent } from '@coord/projection-runner/index';
import type { Fragment, ISql } from 'postgres';
import { type BoardJson, BoardState, STATE_SCHEMA } from './board-state';

/** The log, as far as a board needs it. */
export interface BoardLog {
  readAll(options: { after: number; limit?: number }): Promise<{ events: RecordedEvent[]; position: number }>;
}

const PAGE = 2_000;

/** Where to look for a snapshot: up to a position, or up to a time that no event before it goes beyond. */
export type UpTo = { position: number } | { at: Date };

/** The state in the last snapshot up to there; the empty one where there is none. */
export async function latestSnapshot(sql: ISql, table: Fragment, upTo: UpTo, keepBroadcastsMs: number): Promise<BoardState> {
  const [row] = await sql<{ state: BoardJson }[]>`
    select state from ${table} where schema = ${STATE_SCHEMA}
      and ${'at' in upTo ? sql`latest_at <= ${upTo.at} order by latest_at desc, position desc` : sql`position <= ${upTo.position} order by position desc`}
    limit 1`;
  return row ? BoardState.fromJson(row.state, keepBroadcastsMs) : new BoardState(keepBroadcastsMs);
}

/** Applies the events of the log that follow, up to the first one that does not belong any more, or to the end. */
export async function foldOn(log: BoardLog, state: BoardState, belongs: (event: RecordedEvent) => boolean): Promise<BoardState> {
  for (let after = state.position; ; ) {
    const { events, position } = await log.readAll({ after, limit: PAGE });
    for (const event of events) {
      if (!belongs(event)) return state;
      state.apply(event);
    }
    if (position === after) return state;
    after = position;
  }
}
