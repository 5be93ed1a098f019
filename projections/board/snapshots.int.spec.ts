import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimed, released, renewed } from '@coord/domain/lock/testing/locks';
import { migrate } from '@coord/event-store/index';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';
import { History, id, iso, NOON } from '../testing/history';
import { memoryLog } from '../testing/memory-log';
import { ReadModel } from '../testing/read-model';
import { applyNext, BoardState, boardProjection, foldOn, latestSnapshot, latestSnapshotPosition } from './index';
import { joined, type SnapshotPart, SnapshotParts } from './snapshot-parts';

const DAY = 24 * 3_600_000;
const KEEP = 8 * DAY;
const THINGS = 1_600;
/** Most things in a part. */
const FEW = 500;

const named = (n: number) => ({ message_id: id(n), project_key: 'p', session_id: 'B' });
const message = { from_session: 'A', to_session: 'B', project_key: 'p', subject: 's', body: 'b', priority: 'normal', references: [], metadata: null };
const sent = (n: number) => ({
  type: 'MessageSent',
  data: {
    ...message,
    message_id: id(n),
    type: 'blocker',
    reply_to: null,
    thread_id: id(n),
    ack_required: false,
    external_id: null,
    sent_at: iso(NOON),
  },
});
const workflow = (n: number) => ({ workflow_id: id(n), project_key: 'p' });
const created = { name: 'n', description: null, status: 'active', created_by: 'A', created_at: iso(NOON) };

/** Many things come, and then each of them changes while the last large snapshot is being written, or goes. */
function fullBoard(): readonly RecordedEvent[] {
  const history = new History();
  const each = (events: (n: number) => { type: string; data: object }[]): void => {
    for (let n = 1; n <= THINGS / 4; n += 1) history.append(`things-${n % 50}`, events(n), { actor: `A/${n % 20}`, at: NOON + n });
  };
  each((n) => [claimed({ lock_id: id(n), resource: `r${n}`, fence: n })]);
  each((n) => [sent(THINGS + n)]);
  each((n) => [{ type: 'WorkflowCreated', data: { ...workflow(2 * THINGS + n), ...created } }]);
  each((n) => [claimed({ lock_id: id(THINGS / 2 + n), resource: `s${n}`, fence: THINGS + n })]);
  each((n) => [
    renewed({ lock_id: id(n), expires_at: iso(NOON + DAY) }),
    { type: 'MessageDelivered', data: { ...named(THINGS + n), delivered_at: iso(NOON) } },
    { type: 'MessageRead', data: { ...named(THINGS + n), read_at: iso(NOON) } },
    { type: 'WorkflowChanged', data: { ...workflow(2 * THINGS + n), changes: { name: 'new' }, changed_by: 'A', changed_at: iso(NOON + n) } },
    released({ lock_id: id(THINGS / 2 + n) }),
  ]);
  return history.events;
}

const events = fullBoard();
const log = memoryLog(events);
const projection = (): Projection => boardProjection({ log, broadcastForMs: 7 * DAY });

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(projection());
});
afterAll(() => readModel.close());

const textOf = (state: BoardState): string => JSON.stringify(state.toJson());

test('boards are right while a large snapshot is written, and it is as of its moment though all of it has changed since', async () => {
  const { sql } = readModel;
  const whole = new BoardState(KEEP);
  const snapshotsUsed = new Set<number>();
  const live = projection();
  for (let from = 0; from < events.length; from += 60) {
    const page = events.slice(from, from + 60);
    await sql.begin((transaction) => live.project(page, { sql: transaction, table: (name) => sql`${sql(`board.${name}`)}` }));
    for (const event of page) await applyNext(log, whole, event);
    const upTo = { position: whole.position };
    snapshotsUsed.add(await latestSnapshotPosition(sql, sql`board.snapshots`, upTo));
    const state = await foldOn(log, await latestSnapshot(sql, sql`board.snapshots`, upTo, KEEP), upTo);
    expect(textOf(state)).toBe(textOf(whole));
  }
  const inParts = await sql<{ position: string }[]>`select position from board.snapshots where parts > 2 and part = parts - 1`;
  expect(inParts.length).toBeGreaterThan(1);
  for (const { position } of inParts) {
    const upTo = { position: Number(position) };
    expect(snapshotsUsed).toContain(upTo.position);
    const moment = await foldOn(log, new BoardState(KEEP), upTo);
    expect(textOf(await latestSnapshot(sql, sql`board.snapshots`, upTo, KEEP))).toBe(textOf(moment));
  }
});

test('a large snapshot is written by and by: no row has more than a few things, no few events bring more than a row', async () => {
  const { sql } = readModel;
  const fresh = projection();
  await migrate(sql, { folder: fresh.migrations, schema: 'slowly' });
  let before = 0;
  for (let from = 0; from < events.length; from += 20) {
    const page = events.slice(from, from + 20);
    await sql.begin((transaction) => fresh.project(page, { sql: transaction, table: (name) => sql`${sql(`slowly.${name}`)}` }));
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from slowly.snapshots`;
    expect((row?.n ?? 0) - before).toBeLessThanOrEqual(1);
    before = row?.n ?? 0;
  }
  const [row] = await sql<{ most: number }[]>`
    select max(json_array_length(state -> 'locks') + json_array_length(state -> 'messages' -> 'blockers')
      + json_array_length(state -> 'work' -> 'workflows'))::int as most from slowly.snapshots`;
  expect(row?.most).toBe(FEW);
});

test('a part is small also where the things are large', async () => {
  const history = new History();
  const body = 'x'.repeat(300_000);
  for (let n = 1; n <= 40; n += 1) history.append('large', [{ ...sent(n), data: { ...sent(n).data, body } }]);
  for (let n = 1; n <= 600; n += 1) history.append('large', [{ type: 'MessageRead', data: { ...named(1), read_at: iso(NOON) } }]);
  const state = new BoardState(KEEP);
  const snapshots = new SnapshotParts(state);
  const parts: SnapshotPart[] = [];
  for (const event of history.events) {
    await applyNext(log, state, event);
    parts.push(...snapshots.after(state));
  }
  for (const part of parts) expect(JSON.stringify(part.state).length).toBeLessThan(1_200_000);
  expect(parts.map(({ part }) => part)).toEqual([...parts.keys()]);
  expect(joined(parts.map((part) => part.state))?.messages.blockers).toEqual(state.toJson().messages.blockers);
});

test('large snapshots are the same however the log is cut', async () => {
  const whole = await readModel.hashAfter(projection(), 'whole', events, [events.length]);
  expect(await readModel.hashAfter(projection(), 'single', events, [1])).toBe(whole);
  expect(await readModel.hashAfter(projection(), 'mixed', events, [37, 500, 3])).toBe(whole);
});

test('an engine that starts in the middle of a large snapshot writes the rest of it', async () => {
  const whole = await readModel.hashAfter(projection(), 'smooth', events, [100]);
  let hash = '';
  for (let from = 0; from < events.length; from += 97) hash = await readModel.hashAfter(projection(), 'anew', events.slice(from, from + 97), [97]);
  expect(hash).toBe(whole);
});

test('the rest of a large snapshot whose beginning is gone, as after a rebuild, is no snapshot', async () => {
  const { sql } = readModel;
  const live = projection();
  await migrate(sql, { folder: live.migrations, schema: 'replaced' });
  const snapshots = sql`replaced.snapshots`;
  let gone: number | undefined;
  for (let from = 0; from < events.length; from += 20) {
    const page = events.slice(from, from + 20);
    await sql.begin((transaction) => live.project(page, { sql: transaction, table: (name) => sql`${sql(`replaced.${name}`)}` }));
    const [begun] = await sql<{ position: string }[]>`
      select position from ${snapshots} where parts > 2 group by position having count(*) = 1 order by position desc limit 1`;
    if (begun && gone === undefined) {
      gone = Number(begun.position);
      await sql`delete from ${snapshots} where position = ${gone}`;
    }
  }
  expect(gone).toBeGreaterThan(0);
  expect(await latestSnapshotPosition(sql, snapshots, { position: gone ?? 0 })).toBeLessThan(gone ?? 0);
  expect(await sql`select part from ${snapshots} where position = ${gone ?? 0}`).toHaveLength(0);
  expect(await latestSnapshotPosition(sql, snapshots, { at: new Date(NOON + DAY) })).toBeGreaterThan(gone ?? 0);
});

test('a snapshot of a database of before counts, however large it is', async () => {
  const { sql } = readModel;
  const { migrations } = projection();
  const before = await mkdtemp(join(tmpdir(), 'coord-board-'));
  await copyFile(join(migrations, '0001_snapshots.sql'), join(before, '0001_snapshots.sql'));
  await migrate(sql, { folder: before, schema: 'old' });
  await rm(before, { recursive: true });
  const state = await foldOn(log, new BoardState(KEEP), { position: THINGS });
  await sql`
    insert into old.snapshots (position, latest_at, schema, state) values (${THINGS}, ${new Date(state.latestAt)}, 1, ${textOf(state)}::text::json)`;
  await migrate(sql, { folder: migrations, schema: 'old' });
  const found = await latestSnapshot(sql, sql`old.snapshots`, { at: new Date(NOON + DAY) }, KEEP);
  expect(found.position).toBe(THINGS);
  expect(textOf(found)).toBe(textOf(state));
});
