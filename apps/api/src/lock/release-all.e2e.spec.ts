import { Api, idsOf, listOf } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const releaseAll = (session_id: string, more: object = {}) => api.done('DELETE', '/locks', { session_id, release_all: true, ...more });

test('releases what a session holds in every project, and nothing of others', async () => {
  const session = api.name('M/s');
  const mine = await Promise.all(['p', 'q', 'r'].map((project) => api.claim(project, session, session)));
  const theirs = await api.claim('p', 'other', 'theirs');
  const answer = await releaseAll(session, { reason: 'done' });
  expect(answer).toMatchObject({ released: 3 });
  expect(idsOf(answer.locks).sort()).toEqual(mine.map(({ id }) => String(id)).sort());
  expect(listOf(answer.locks)).toMatchObject(mine.map(() => ({ status: 'released', end_reason: 'done', ended_by: session })));
  expect(idsOf((await api.get(`/locks?session_id=${session}`)).body)).toEqual([]);
  expect((await api.get(`/locks/${theirs.id}`)).body).toMatchObject({ status: 'active' });
});

test('leaves other projects alone when one is named', async () => {
  const session = api.name('M/s');
  const [, kept] = await Promise.all(['p', 'q'].map((project) => api.claim(project, session, session)));
  expect(await releaseAll(session, { project_key: 'p' })).toMatchObject({ released: 1 });
  expect(idsOf((await api.get(`/locks?session_id=${session}`)).body)).toEqual([kept?.id]);
});

test('reflects the end of the log, also where the session holds nothing', async () => {
  await api.claim('p', 'other', api.name('something'));
  const end = await api.store.head(); // the engine may write on by itself
  const answer = await api.call('DELETE', '/locks', { body: { session_id: api.name('M/nobody'), release_all: true } });
  expect(answer.body).toMatchObject({ released: 0 });
  expect(Number(answer.headers.get('coord-position'))).toBeGreaterThanOrEqual(end);
});

test('does not count what had expired', async () => {
  const session = api.name('M/s');
  await api.claim('p', session, `${session}/short`, { ttl_hours: 0.5 });
  await api.claim('p', session, `${session}/long`);
  api.clock.advance(1_800_000);
  expect(await releaseAll(session)).toMatchObject({ released: 1 });
});

test('needs to be said: without release_all nothing is released', async () => {
  const session = api.name('M/s');
  await api.claim('p', session, session);
  for (const body of [{ session_id: session }, { session_id: session, release_all: false }])
    expect((await api.call('DELETE', '/locks', { body })).body).toMatchObject({ status: 422, errors: [{ field: 'release_all' }] });
  expect(idsOf((await api.get(`/locks?session_id=${session}`)).body)).toHaveLength(1);
});
