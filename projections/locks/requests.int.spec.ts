import { claimed, iso, NOON, queued, renewed, withdrawn } from '@coord/domain/lock/testing/locks';
import { History, id } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { listRequests, locksProjection, projectsWithExpired, requestsOf } from './index';

const MINUTE = 60_000;
const request = (name: string, more: Parameters<typeof queued>[0] = {}) =>
  queued({ request_id: name, lock_id: id(9), session_id: `s${name}`, ...more });

let readModel: ReadModel;
beforeAll(async () => {
  readModel = await ReadModel.of(locksProjection);
  const history = new History();
  history.append('lock-p', [request('1'), request('2', { resource: 'x' }), request('2', { resource: 'y' }), request('3')]);
  history.append('lock-q', [request('4', { project_key: 'q', session_id: 's2', mode: 'shared', until: iso(NOON + 2 * MINUTE) })]);
  history.append('lock-p', [withdrawn({ request_id: '1' }), request('5'), request('6'), withdrawn({ request_id: '6' })]);
  history.append('lock-p', [claimed({ lock_id: id(1), request_id: '3' }), renewed({ lock_id: id(1), request_id: '5' })]);
  history.append('lock-p', [request('1', { resource: 'again' })]);
  await readModel.apply(history.events, [4, 6]);
});
afterAll(() => readModel.close());

const list = async (more: object = {}, now = NOON) =>
  (await listRequests(readModel.sql, { limit: 500, now: new Date(now), ...more })).map(({ request_id, resource }) => `${request_id} ${resource}`);

test('who waits is listed in order, a batch with each resource, whoever left is not', async () => {
  expect(await list()).toEqual(['2 x', '2 y', '4 src/a.ts', '1 again']);
});
test('the queue of one project comes page by page', async () => {
  const [first] = await listRequests(readModel.sql, { projectKey: 'p', limit: 1, now: new Date(NOON) });
  expect(await list({ projectKey: 'p', after: Number(first?.position), limit: 2 })).toEqual(['2 y', '1 again']);
});
test('nobody waits from the instant on at which the time is over, on record or not', async () => {
  expect(await list({}, NOON + MINUTE - 1)).toHaveLength(4);
  expect(await list({}, NOON + MINUTE)).toEqual(['4 src/a.ts']);
  expect(await projectsWithExpired(readModel.sql, new Date(NOON + MINUTE - 1))).toEqual([]);
  expect(await projectsWithExpired(readModel.sql, new Date(NOON + MINUTE))).toEqual(['p']);
});
test('what a session waits for is found, also as of a position', async () => {
  expect(await requestsOf(readModel.sql, 's2')).toEqual(
    expect.arrayContaining([
      { request_id: '2', project_key: 'p' },
      { request_id: '4', project_key: 'q' },
    ]),
  );
  expect(await requestsOf(readModel.sql, 's2', 5)).toEqual([{ request_id: '2', project_key: 'p' }]);
});
