import type { AppendOutcome, StreamAppend } from '../event-store';
import { arrayOf, linesOf } from './array-types';
import type { Sql } from './connect';
import type { Attempt, Pool } from './pool';

const ANY = -2;

/** An append as it goes over the wire. */
export interface EncodedAppend {
  stream: string;
  /** A revision; -1: none, -2: any. */
  expected: number;
  /** `data` and `metadata` are JSON texts. */
  events: { id: string; type: string; data: string; metadata: string }[];
  /** Roughly, of what is sent. */
  bytes: number;
  source: StreamAppend['events'];
}

/** @throws TypeError for what can't be written as JSON */
export function encode({ stream, expected, events }: StreamAppend): EncodedAppend {
  const encoded = events.map(({ id, type, data, metadata }) => ({
    id,
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify(metadata),
  }));
  return {
    stream,
    expected: expected === 'any' ? ANY : expected === 'none' ? -1 : expected,
    events: encoded,
    bytes: encoded.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0),
    source: events,
  };
}

export interface OutcomeRow {
  appended: boolean;
  revision: number;
  position: number;
  contended?: boolean;
}

/**
 * Sends appends of different streams as one call; the answer has an outcome for each, in their order. Beside it stands whether somebody has the
 * turn at the stream (0003_turns.sql); whoever wants it from then on gets it when this call is committed.
 */
export function callAppend(pool: Pool, appends: readonly EncodedAppend[]): Attempt<AppendOutcome[]> {
  const [first] = appends;
  const alone = first && appends.length === 1 && first.expected !== ANY ? first : null;
  const { answer, ...attempt } = pool.attempt((sql) => (alone ? toStream(sql, alone) : toStreams(sql, appends)));
  return { answer: answer.then((rows) => rows.map(toOutcome)), ...attempt };
}

function toStream(sql: Sql, { stream, expected, events }: EncodedAppend) {
  return sql<OutcomeRow[]>`
    select appended, revision, position, contended
    from log.append_to_stream(
      ${stream}, ${expected}, ${arrayOf(events.map(({ id }) => id))}, ${events.map(({ type }) => type)},
      ${linesOf(events.map(({ data }) => data))}, ${linesOf(events.map(({ metadata }) => metadata))}
    )`;
}

function toStreams(sql: Sql, appends: readonly EncodedAppend[]) {
  const streams = appends.map(({ stream }) => stream);
  const events = appends.flatMap((append) => append.events);
  const owners = appends.flatMap((append, index) => append.events.map(() => index + 1));
  const places = appends.flatMap((append) => append.events.map((_, place) => place + 1));
  return sql<OutcomeRow[]>`
    select appended, revision, position, not pg_try_advisory_xact_lock(log.turn_at((${streams}::text[])[ordinal])) as contended
    from log.append(
      ${streams}, ${appends.map(({ expected }) => expected)},
      ${arrayOf(owners)}, ${arrayOf(places)}, ${arrayOf(events.map(({ id }) => id))}, ${events.map(({ type }) => type)},
      string_to_array(${linesOf(events.map(({ data }) => data))}, chr(10)), string_to_array(${linesOf(events.map(({ metadata }) => metadata))}, chr(10))
    )
    order by ordinal`;
}

export function toOutcome({ appended, revision, position, contended }: OutcomeRow): AppendOutcome {
  if (!appended) return { outcome: 'conflict', revision, position };
  return contended ? { outcome: 'appended', revision, position, contended } : { outcome: 'appended', revision, position };
}
