import { randomUUID } from 'node:crypto';
import { Api, type Json } from '../../../../test/support/api';
import { WRITES } from '../../../../test/support/writes';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const head = () => api.store.head();
const fenceOf = (lock: Json) => ({ lock_id: lock.id, fence: lock.fence });
/** A lock that another session has taken over, with its fence. */
const superseded = async (project: string, session: string) => {
  const old = await api.claim(project, session, 'deploy:prod');
  await api.done('DELETE', `/locks/${old.id}?session_id=${encodeURIComponent(session)}`);
  return { old, current: await api.claim(project, 'new holder', 'deploy:prod') };
};
/** Whose write it is. */
const sessionOf = (body: object = {}) => ['session_id', 'updated_by', 'from_session'].map((name) => Reflect.get(body, name)).find(Boolean) ?? 'A';

describe.each(WRITES)('%s', (_, prepare) => {
  test('passes under the fence of a live lock', async () => {
    const p = api.name('p');
    const { method, path, body } = await prepare(api, p);
    const lock = await api.claim(`guard ${p}`, sessionOf(body), 'deploy:prod');
    expect((await api.call(method, path, { body: { ...body, ...fenceOf(lock) } })).status).toBeLessThan(300);
  });
  test('is refused under the fence of a lock that was taken over, and writes nothing', async () => {
    const p = api.name('p');
    const { method, path, body } = await prepare(api, p);
    const { old, current } = await superseded(`guard ${p}`, sessionOf(body));
    const before = await head();
    const answer = await api.call(method, path, { body: { ...body, ...fenceOf(old) } });
    expect([answer.status, answer.body]).toMatchObject([
      412,
      { type: 'urn:coord:problem:fence-superseded', fence: old.fence, current_fence: current.fence },
    ]);
    expect(await head()).toBe(before);
  });
  test('that was answered under a key is answered so again, whatever became of its fence', async () => {
    const p = api.name('p');
    const { method, path, body } = await prepare(api, p);
    const session = sessionOf(body);
    const lock = await api.claim(`guard ${p}`, session, 'deploy:prod');
    const write = { body: { ...body, ...fenceOf(lock) }, headers: { 'Idempotency-Key': p } };
    const first = await api.call(method, path, write);
    await api.call('DELETE', `/locks/${lock.id}?session_id=${encodeURIComponent(session)}`);
    const second = await api.call(method, path, write);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
  });
});

describe('a write under a fence', () => {
  const update = (project_key: string, more: object) =>
    api.call('PUT', '/components', { body: { project_key, component: 'c', state: 's', updated_by: 'A', ...more } });

  test('is refused when the lock is another session’s', async () => {
    const p = api.name('p');
    expect((await update(p, fenceOf(await api.claim(p, 'B', 'x')))).status).toBe(412);
  });
  test('is refused at the instant at which the lock expires', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'x', { ttl_hours: 0.5 });
    api.clock.advance(1_800_000 - 1);
    expect((await update(p, fenceOf(lock))).status).toBe(200);
    api.clock.advance(1);
    expect((await update(p, { state: 't', ...fenceOf(lock) })).body).toMatchObject({ status: 412, current_fence: null });
  });
  test('needs both lock and fence, and a lock that there was', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'x');
    expect((await update(p, { lock_id: lock.id })).body).toMatchObject({ status: 422, errors: [{ field: 'fence' }] });
    expect((await update(p, { fence: 1 })).body).toMatchObject({ status: 422, errors: [{ field: 'lock_id' }] });
    const unknown = { lock_id: '00000000-0000-7000-8000-000000000000', fence: 1 };
    expect((await update(p, unknown)).body).toMatchObject({ status: 422, errors: [{ field: 'lock_id' }] });
  });
});

test('a lock that there never was is refused as of the end of the log, whoever wrote last', async () => {
  const metadata = { actor: 'A', at: '2026-05-12T12:00:00.000Z', project_key: null, causation_id: null, correlation_id: null, schema: 1 };
  const unknown = '00000000-0000-7000-8000-000000000000';
  const writes: [string, string, object][] = [
    ['POST', `/locks/${unknown}/renew`, { session_id: 'A' }],
    ['PUT', '/components', { project_key: 'p', component: 'c', state: 's', updated_by: 'A', lock_id: unknown, fence: 1 }],
  ];
  for (const [method, path, body] of writes) {
    await api.store.append([{ stream: 'other-engine', expected: 'any', events: [{ id: randomUUID(), type: 'Happened', data: {}, metadata }] }]);
    const end = await head(); // the engine may write on by itself
    const { headers } = await api.call(method, path, { body });
    expect(Number(headers.get('coord-position'))).toBeGreaterThanOrEqual(end);
  }
});

test('fences of a project grow from grant to grant and are never used twice', async () => {
  const p = api.name('p');
  const fences: unknown[] = [];
  for (const end of ['release', 'break', 'expire', 'release']) {
    const lock = await api.claim(p, 'A', 'x', { ttl_hours: 1 });
    fences.push(lock.fence);
    if (end === 'expire') api.clock.advance(3_600_000);
    else if (end === 'break') await api.done('POST', `/locks/${lock.id}/break`, { session_id: 'B', reason: 'r' });
    else await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
  }
  expect(fences).toEqual([1, 2, 3, 4]);
});

test('a fence is verified for what its lock covers, and for no more', async () => {
  const p = api.name('p');
  const lock = await api.claim(p, 'A', 'src');
  const verify = (resource: string) => api.call('POST', '/locks/verify', { body: { project_key: p, resource, session_id: 'A', fence: lock.fence } });
  expect((await verify('src/a.ts')).body).toMatchObject({ valid: true, lock: { id: lock.id } });
  await api.claim(p, 'B', 'docs');
  expect((await verify('**')).body).toMatchObject({ status: 412, current_fence: 2 });
});
