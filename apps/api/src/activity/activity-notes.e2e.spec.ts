import { ReadModels } from '@coord/projection-runner/index';
import { Api } from '../../../../test/support/api';
import { ActivityNotes } from './activity-notes';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const signsOf = (session: string) =>
  api.app.get(ReadModels).sql<{ at: Date; heartbeat: boolean }[]>`
    select at, heartbeat from activity.signs where session_id = ${session} and transaction < pg_current_xact_id() order by at`;
const seenOf = async (session: string) => [
  ...(await api.app.get(ReadModels).sql`select at, heartbeat_at from activity.seen where session_id = ${session}`),
];
const T0 = Date.parse('2026-05-12T12:00:00.000Z');
const at = (ms: number) => new Date(T0 + ms);

test('every sign is kept beside the last one', async () => {
  const notes = api.app.get(ActivityNotes);
  const session = api.name('M/s');
  await notes.note(session, T0);
  await notes.note(session, T0 + 2_000, 'heartbeat');
  await notes.note(session, T0 + 4_000);
  expect(await seenOf(session)).toEqual([{ at: at(4_000), heartbeat_at: at(2_000) }]);
  expect([...(await signsOf(session))]).toEqual([
    { at: at(0), heartbeat: false },
    { at: at(2_000), heartbeat: true },
    { at: at(4_000), heartbeat: false },
  ]);
});

test('signs within a second are one, but for heartbeats', async () => {
  const notes = api.app.get(ActivityNotes);
  const session = api.name('M/s');
  await notes.note(session, T0);
  await notes.note(session, T0 + 999);
  await notes.note(session, T0 + 999, 'heartbeat');
  await notes.note(session, T0 + 999, 'heartbeat');
  expect([...(await signsOf(session))]).toEqual([
    { at: at(0), heartbeat: false },
    { at: at(999), heartbeat: true },
  ]);
});

test('a heartbeat in the instant of another sign is a sign of its own', async () => {
  const notes = api.app.get(ActivityNotes);
  const session = api.name('M/s');
  await notes.note(session, T0);
  await notes.note(session, T0, 'heartbeat');
  await notes.note(session, T0 - 1_500);
  expect([...(await signsOf(session))]).toEqual([
    { at: at(0), heartbeat: false },
    { at: at(0), heartbeat: true },
  ]);
  expect(await seenOf(session)).toEqual([{ at: at(0), heartbeat_at: at(0) }]);
});

test('the next sign after one that is forgotten counts, however soon it comes', async () => {
  const notes = api.app.get(ActivityNotes);
  const session = api.name('M/s');
  await notes.note(session, T0);
  notes.forget(session);
  await notes.note(session, T0 + 1);
  expect(await seenOf(session)).toMatchObject([{ at: at(1) }]);
});
