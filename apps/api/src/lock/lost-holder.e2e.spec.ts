import { Api } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

test('a lock is stale as soon as its holder is lost, before COORD_STALE_AFTER', async () => {
  const lock = await api.claim('p', 'M/a', 'a', { ttl_hours: 0 });
  api.clock.advance(30 * 60_000 - 1);
  expect((await api.get('/status')).body).toMatchObject({ sessions: [{ status: 'idle' }], stale_locks: [] });
  api.clock.advance(1);
  expect((await api.get('/status')).body).toMatchObject({ sessions: [{ status: 'lost' }], stale_locks: [{ id: lock.id }] });
  expect((await api.call('POST', '/locks', { body: { project_key: 'p', session_id: 'B', resource: 'a' } })).body).toMatchObject({
    holder: { id: lock.id, stale: true },
    explain: expect.stringContaining('stale'),
  });
  expect((await api.call('DELETE', `/locks/${lock.id}?session_id=B`)).status).toBe(200);
});

test('who asks for the release of what has expired is seen by that, though the expiry is nobody’s doing', async () => {
  const expiring = await api.claim('q', 'M/b', 'b', { ttl_hours: 1 / 60 });
  const lock = await api.claim('q', 'M/c', 'c', { ttl_hours: 0 });
  api.clock.advance(25 * 60_000);
  // answered before the sweeper looks: the command itself puts the expiry on record
  expect((await api.call('DELETE', `/locks/${expiring.id}?session_id=M/c`)).body).toMatchObject({ status: 'expired' });
  api.clock.advance(10 * 60_000);
  expect((await api.get(`/locks/${lock.id}`)).body).toMatchObject({ stale: false });
});
