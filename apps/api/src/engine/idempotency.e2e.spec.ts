import { Api } from '../../../../test/support/api';
import { WRITES } from '../../../../test/support/writes';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

/** How many events the log holds that a command led to: housekeeping may register a session at any time. */
const written = async () =>
  (await api.store.readAll({ after: 0, limit: 10_000 })).events.filter(({ type, metadata }) => type !== 'SessionRegistered' || metadata.idempotency)
    .length;

describe.each(WRITES)('%s under a key', (_, prepare) => {
  test('gives the first answer again, to the byte, and writes nothing', async () => {
    const project = api.name('p');
    const { method, path, body } = await prepare(api, project);
    const headers = { 'Idempotency-Key': project };
    const first = await api.call(method, path, { body, headers });
    expect(first.status).toBeLessThan(300);
    api.clock.advance(1_500);
    await api.claim(`${project} other`, 'A', project); // the holder gives a sign, which many answers show
    await api.call('PUT', `/components/${project}/c`, { body: { state: 'changed', updated_by: 'B' } });
    const before = await written();
    const second = await api.call(method, path, { body, headers });
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(await written()).toBe(before);
  });
  test('refuses another body, and writes nothing', async () => {
    const project = api.name('p');
    const { method, path, body } = await prepare(api, project);
    const headers = { 'Idempotency-Key': project };
    expect((await api.call(method, path, { body, headers })).status).toBeLessThan(300);
    const before = await written();
    const other = await api.call(method, path, { body: { ...body, ...different(method, path, body) }, headers });
    expect(other.body).toMatchObject({ status: 422, type: 'urn:coord:problem:idempotency-key-reused' });
    expect(await written()).toBe(before);
  });
  test('ten times at once is answered ten times alike and done once', async () => {
    const project = api.name('p');
    const { method, path, body } = await prepare(api, project);
    const before = await written();
    const headers = { 'Idempotency-Key': project };
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.call(method, path, { body, headers })));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const once = (await written()) - before;
    expect(once).toBeGreaterThan(0);
    await api.call(method, path, { body, headers });
    expect((await written()) - before).toBe(once);
  });
});

/** A field that makes the body another one; each write takes one of these. */
function different(method: string, path: string, body: object = {}): object {
  if (path === '/messages') return { priority: 'urgent' };
  if (path === '/messages/read')
    return 'all' in body
      ? { all: true, fence: 1, lock_id: '00000000-0000-7000-8000-000000000000' }
      : { ids: ['00000000-0000-7000-8000-000000000000'] };
  if (path.endsWith('/handoff')) return { note: 'other' };
  if (path.startsWith('/work-items') && path.endsWith('/claim')) return { lock_id: '00000000-0000-7000-8000-000000000000', fence: 1 };
  if (path.startsWith('/messages') || path.startsWith('/tasks')) return { lock_id: '00000000-0000-7000-8000-000000000000', fence: 1 };
  if (path.startsWith('/components')) return { notes: 'other' };
  if (path === '/sessions') return { agent: 'other' };
  if (path.endsWith('/heartbeat')) return { action: 'other' };
  if (path.endsWith('/renew')) return { ttl_hours: 5 };
  return method === 'DELETE' || path.endsWith('/break') || path.endsWith('/end') ? { reason: 'other' } : { description: 'other' };
}

test('keys of different sessions never meet', async () => {
  const p = api.name('p');
  const send = (from_session: string) =>
    api.call('POST', '/messages', { body: { from_session, project_key: p, subject: 's', body: 'b' }, headers: { 'Idempotency-Key': 'same' } });
  expect((await send('A')).body.id).not.toBe((await send('B')).body.id);
});

test('a write that was refused may be tried again under its key', async () => {
  const p = api.name('p');
  const lock = await api.claim(p, 'B', 'a');
  const claim = () => api.call('POST', '/locks', { body: { project_key: p, session_id: 'A', resource: 'a' }, headers: { 'Idempotency-Key': p } });
  expect((await claim()).status).toBe(409);
  await api.done('DELETE', `/locks/${lock.id}?session_id=B`);
  expect((await claim()).status).toBe(201);
});
