import type { RecordedEvent, Target } from '@coord/projection-runner/index';
import type { Fragment, ISql } from 'postgres';
import { type BoardJson, BoardState } from './board-state';
import { joined, type SnapshotPart } from './snapshot-parts';

/** Of the rows; a snapshot of another one is as good as none. A part has its own, or an engine of before would take it for a whole. */
const [WHOLE, PART] = [1, 2];

/** The log, as far as a board needs it. */
export interface BoardLog {
  readAll(options: { after: number; limit?: number }): Promise<{ events: RecordedEvent[]; position: number }>;
  readStream(stream: string, options: { limit: number }): Promise<RecordedEvent[]>;
}

const FIRST_PAGE = 100;
const PAGE = 2_000;

/** Where to look for a snapshot: up to a position, or up to a time that no event before it goes beyond. */
export type UpTo = { position: number } | { at: Date };

/** The state in the last snapshot up to there; the empty one where there is none. */
export async function latestSnapshot(sql: ISql, table: Fragment, upTo: UpTo, keepBroadcastsMs: number): Promise<BoardState> {
  const rows = await sql<{ state: BoardJson }[]>`
    select state from ${table} where position = (select position from ${table} where ${lastBefore(sql, upTo)}) order by part`;
  const json = joined(rows.map(({ state }) => state));
  return json ? BoardState.fromJson(json, keepBroadcastsMs) : new BoardState(keepBroadcastsMs);
}

/** The position of that snapshot, 0 where there is none. */
export async function latestSnapshotPosition(sql: ISql, table: Fragment, upTo: UpTo): Promise<number> {
  const [row] = await sql<{ position: string }[]>`select position from ${table} where ${lastBefore(sql, upTo)}`;
  return Number(row?.position ?? 0);
}

const lastBefore = (sql: ISql, upTo: UpTo): Fragment => sql`
  schema in (${WHOLE}, ${PART}) and part = parts - 1
  and ${'at' in upTo ? sql`latest_at <= ${upTo.at} order by latest_at desc, position desc` : sql`position <= ${upTo.position} order by position desc`}
  limit 1`;

/**
 * A part comes behind the one before it or not at all, so that a last one is never without the others: the first ones may be gone with the tables that
 * a rebuild has replaced.
 */
export async function writePart({ sql, table }: Target, { part, parts, state }: SnapshotPart): Promise<void> {
  const { position } = state;
  await sql`
    insert into ${table('snapshots')} (position, latest_at, schema, part, parts, state)
    select ${position}, ${new Date(state.latest_at)}, ${parts === 1 ? WHOLE : PART}, ${part}, ${parts}, ${JSON.stringify(state)}::text::json
    where ${part} = 0 or exists (
      select from ${table('snapshots')} s where s.position = ${position} and s.part = ${part - 1} and s.parts = ${parts})`;
}

/** Applies the next event. Looks into the log where it takes up again what the state has let go: seldom. */
export async function applyNext(log: BoardLog, state: BoardState, event: RecordedEvent): Promise<void> {
  if (state.work.lacks(event)) state.work.recall(await log.readStream(event.stream, { limit: event.revision }));
  state.apply(event);
}

/**
 * Applies the events of the log that follow, up to there or to the end of the log: for a time, up to the first event of a later one.
 * `applied` is called after each of them.
 */
export async function foldOn(log: BoardLog, state: BoardState, upTo: UpTo, applied: () => void = () => {}): Promise<BoardState> {
  const time = 'at' in upTo ? upTo.at.toISOString() : '';
  const isBeyond = ({ position, metadata }: RecordedEvent): boolean => ('at' in upTo ? metadata.at > time : position > upTo.position);
  const left = (): number => ('at' in upTo ? Number.POSITIVE_INFINITY : upTo.position - state.position);
  let after = state.position;
  // a time may be a few events away
  for (let limit = time === '' ? PAGE : FIRST_PAGE; left() > 0; limit = Math.min(PAGE, 4 * limit)) {
    const { events, position } = await log.readAll({ after, limit: Math.min(limit, left()) });
    for (const event of events) {
      if (isBeyond(event)) return state;
      await applyNext(log, state, event);
      applied();
    }
    if (position === after) return state;
    after = position;
  }
  return state;
}
