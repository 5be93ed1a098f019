import type { Projection } from '@coord/projection-runner/index';
import { componentsProjection } from '@projections/components/index';
import { inboxProjection } from '@projections/inbox/index';
import { locksProjection } from '@projections/locks/index';
import { sessionsProjection } from '@projections/sessions/index';
import { workProjection } from '@projections/work/index';
import { boardOf } from '../../apps/api/src/status/board';
import { busyDay } from '../testing/busy-day';
import { History, id, iso, NOON } from '../testing/history';
import { memoryLog } from '../testing/memory-log';
import { ReadModel } from '../testing/read-model';
import {
  applyNext,
  type BoardFilter,
  BoardState,
  boardProjection,
  foldOn,
  LIVE_BOARD_MODELS,
  latestSnapshot,
  liveBoard,
  rowsAt,
  signsOf,
} from './index';

const DAY = 24 * 3_600_000;
const KEEP = 8 * DAY;
const { events } = busyDay(2_500, 7);
const log = memoryLog(events);
const SPANS = { broadcastForMs: 7 * DAY, idleAfterMs: 300_000 };
const SILENCE = { idleAfterMs: 300_000, lostAfterMs: 1_800_000, staleAfterMs: 7_200_000 };
const FILTERS: BoardFilter[] = [
  {},
  { projectKey: 'p' },
  { projectKey: 'nothing' },
  { sessionId: 'M/a' },
  { projectKey: 'q', sessionId: 'late' },
  { sessionId: 'never seen' },
];

let readModel: ReadModel;
beforeAll(async () => {
  const board: Projection = boardProjection({ log, broadcastForMs: SPANS.broadcastForMs });
  readModel = await ReadModel.of(locksProjection, componentsProjection, inboxProjection, sessionsProjection, workProjection, board);
  await readModel.sql`create schema projection`;
  await readModel.sql`create table projection.checkpoints (name text primary key, position bigint not null)`;
});
afterAll(() => readModel.close());

/** A sign beside the log, as the engine notes it. */
async function note(session: string, at: Date, heartbeat: boolean): Promise<void> {
  await readModel.sql`
    insert into activity.seen as known (session_id, at, heartbeat_at) values (${session}, ${at}, ${heartbeat ? at : null})
    on conflict (session_id) do update set at = greatest(known.at, excluded.at), heartbeat_at = greatest(known.heartbeat_at, excluded.heartbeat_at)`;
  await readModel.sql`insert into activity.signs (session_id, at, heartbeat) values (${session}, ${at}, ${heartbeat}) on conflict do nothing`;
}

test('a state folded from the log has the rows of the live board, after whatever event and for whoever asks', async () => {
  const state = new BoardState(KEEP);
  const sessions = ['M/a', 'M/b', 'N/c', 'late'];
  let compared = 0;
  for (let from = 0, step = 0; from < events.length; step += 1) {
    const page = events.slice(from, from + 1 + ((step * 37) % 120));
    from += page.length;
    for (const event of page) await applyNext(log, state, event);
    await readModel.apply(page);
    const now = Date.parse(state.latestAt) + (step % 3) * 61_000;
    if (step % 2 === 0) await note(sessions[step % 4] as string, new Date(now - (step % 5) * 1_000), step % 3 === 0);
    await readModel.sql`
      insert into projection.checkpoints (name, position) select name, ${state.position} from unnest(${LIVE_BOARD_MODELS as string[]}::text[]) as name
      on conflict (name) do update set position = excluded.position`;
    const signs = await signsOf(readModel.sql, state.sessions.names, { until: new Date(now) });
    for (const filter of FILTERS) {
      const live = await liveBoard(readModel.sql, filter, { now, ...SPANS });
      expect(live).toMatchObject({ behind: state.position, ahead: state.position });
      const rows = rowsAt(state, filter, { now, ...SPANS }, signs);
      const shown = (what: typeof rows): string => JSON.stringify(boardOf(what, state.position, now, SILENCE));
      expect(shown(rows)).toBe(shown(live.rows));
      compared += live.rows.locks.length + live.rows.blockers.length + live.rows.workflows.length + live.rows.sessions.length;
    }
  }
  expect(compared).toBeGreaterThan(1_000);
});

test('a state goes through JSON unharmed', async () => {
  const state = new BoardState(KEEP);
  for (const event of events) await applyNext(log, state, event);
  const text = JSON.stringify(state.toJson());
  const again = BoardState.fromJson(JSON.parse(text) as ReturnType<BoardState['toJson']>, KEEP);
  expect(JSON.stringify(again.toJson())).toBe(text);
  expect(again.size).toBe(state.size);
});

test('from a snapshot and the events since, the state is the one of the whole fold', async () => {
  const { sql } = readModel;
  const found = await sql<{ position: string }[]>`select position from board.snapshots order by position`;
  expect(found.length).toBeGreaterThan(1);
  const whole = new BoardState(KEEP);
  for (const event of events) {
    await applyNext(log, whole, event);
    if (event.position % 700 !== 0) continue;
    const upTo = { position: event.position };
    const state = await foldOn(log, await latestSnapshot(sql, sql`board.snapshots`, upTo, KEEP), upTo);
    expect(JSON.stringify(state.toJson())).toBe(JSON.stringify(whole.toJson()));
  }
});

test('a batch after a rollback begins from what is in the table', async () => {
  const projection = boardProjection({ log, broadcastForMs: SPANS.broadcastForMs });
  const smooth = await readModel.hashAfter(projection, 'board_smooth', events, [50]);
  await readModel.hashAfter(projection, 'board_rough', events.slice(0, 1_300), [50]);
  const rolledBack = readModel.sql.begin(async (sql) => {
    await projection.project(events.slice(1_300, 2_600), { sql, table: (name) => sql`${sql(`board_rough.${name}`)}` });
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect(await readModel.hashAfter(projection, 'board_rough', events.slice(1_300), [50])).toBe(smooth);
});

test('a state does not grow with workflows that are over, and has one again that is opened', async () => {
  const history = new History();
  const created_at = iso(NOON);
  const change = (n: number, changes: object) => ({
    type: 'WorkflowChanged',
    data: { workflow_id: id(n), project_key: 'p', changes, changed_by: null, changed_at: created_at },
  });
  for (let n = 1; n <= 100; n += 1) {
    const workflow = { workflow_id: id(n), project_key: 'p', name: 'n', description: null, status: 'active', created_by: 'A', created_at };
    history.append(`workflow-${n}`, [{ type: 'WorkflowCreated', data: workflow }, change(n, { name: `n${n}` }), change(n, { status: 'completed' })]);
  }
  history.append('workflow-100', [change(100, { status: 'active' })]);
  history.append('workflow-50', [change(50, { status: 'cancelled' }), change(50, { description: 'd' }), change(50, { status: 'blocked' })]);
  const state = new BoardState(KEEP);
  for (const event of history.events) await applyNext(memoryLog(history.events), state, event);
  expect(state.size).toBe(2);
  const shown = rowsAt(state, {}, { now: NOON, ...SPANS }, new Map()).workflows;
  expect(shown.map(({ name, status, description }) => [name, status, description])).toEqual([
    ['n50', 'blocked', 'd'],
    ['n100', 'active', null],
  ]);
});
