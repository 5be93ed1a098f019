import { bySessionName, type SessionRegistered } from '@coord/domain/session/index';
import { History, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { isKnown, liveSessions, recentNames, sessionsProjection, unregistered } from './index';

const something = { type: 'SomethingDone', data: {} };
const registered = (session: string, project: string | null, at: number): SessionRegistered => ({
  type: 'SessionRegistered',
  data: { ...bySessionName(session, project), registered_at: iso(at) },
});

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(sessionsProjection);
  const history = new History();
  history.append('x', [something], { actor: 'M/a', at: NOON, project_key: 'p' });
  history.append('session-M/a', [registered('M/a', 'p', NOON)], { actor: 'M/a', at: NOON });
  history.append('x', [something], { actor: 'M/b', at: NOON + 2_000, project_key: 'q' });
  history.append('x', [something], { actor: 'M/a', at: NOON + 1_000, project_key: 'q' });
  history.append('x', [something], { actor: null, at: NOON + 9_000 });
  await readModel.apply(history.events);
});
afterAll(() => readModel.close());

test('a session appears with its first event, with the last sign of it, and keeps its project', async () => {
  const sessions = await liveSessions(readModel.sql, undefined, 10);
  expect(sessions).toMatchObject([
    { session_id: 'M/b', project_key: 'q', registered_at: new Date(NOON + 2_000), last_activity_at: new Date(NOON + 2_000) },
    { session_id: 'M/a', project_key: 'p', machine: 'M', capabilities: [], registered_at: new Date(NOON), last_activity_at: new Date(NOON + 1_000) },
  ]);
  expect(await liveSessions(readModel.sql, 'p', 10)).toMatchObject([{ session_id: 'M/a' }]);
});
test('one that acted without being registered is found', async () => {
  expect(await unregistered(readModel.sql, 10)).toEqual([{ session_id: 'M/b', project_key: 'q' }]);
});
test('who has acted is known, and named latest sign first', async () => {
  expect([await isKnown(readModel.sql, 'M/b'), await isKnown(readModel.sql, 'M/c')]).toEqual([true, false]);
  expect(await recentNames(readModel.sql, 10)).toEqual(['M/b', 'M/a']);
});
test('a sign beside the log counts, and the latest comes first', async () => {
  await readModel.note('M/a', NOON + 5_000);
  expect(await liveSessions(readModel.sql, undefined, 10)).toMatchObject([
    { session_id: 'M/a', last_activity_at: new Date(NOON + 5_000) },
    { session_id: 'M/b' },
  ]);
});
