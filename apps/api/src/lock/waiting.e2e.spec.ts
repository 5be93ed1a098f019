import { Api, idsOf, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';

const MINUTE = 60_000;

type More = { headers?: Record<string, string>; path?: string } & Record<string, unknown>;

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const queue = async (p: string) => listOf((await api.get(`/locks/queue?project_key=${p}`)).body);
const history = async (p: string, type: string) => listOf(await api.done('GET', `/history?project_key=${p}&type=${type}`));

/** Claims and waits; resolves when the claim stands in the queue. */
async function waiter(p: string, session_id: string, resource: string, { headers, path = '/locks', ...more }: More = {}) {
  const body = { project_key: p, session_id, ...(path === '/locks' && { resource }), wait_seconds: 30, ...more };
  const answer = api.call('POST', path, { body, headers });
  await until(`${session_id} waits`, async () => (await queue(p)).some((entry) => String(entry.session_id) === session_id));
  return { answer };
}

describe('a claim that waits', () => {
  test('is granted by the release, and the history tells the way', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const { answer } = await waiter(p, 'B', 'a', { ttl_hours: 1 });
    expect((await api.done('GET', `/locks/${lock.id}/explain`)).reason).toContain('B waits for it');
    await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
    const { status, body } = await answer;
    expect([status, body]).toMatchObject([201, { session_id: 'B', fence: 2, status: 'active', ttl_remaining_ms: 3_600_000 }]);
    expect(listOf(await api.done('GET', `/history?stream=lock-${p}`)).map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      'LockClaimed A',
      'LockRequestQueued B',
      'LockReleased A',
      'LockClaimed B',
    ]);
    const { events, reason } = await api.done('GET', `/locks/${body.id}/explain`);
    expect(listOf(events).map(({ type }) => type)).toEqual(['LockRequestQueued', 'LockClaimed']);
    expect(reason).toContain('B holds it');
  });
  test('for several resources is granted as a whole', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const { answer } = await waiter(p, 'B', '', { path: '/locks/batch', resources: ['x', 'a'] });
    expect(await queue(p)).toMatchObject([{ resource: 'x' }, { resource: 'a' }]);
    expect((await api.call('POST', '/locks', { body: { project_key: p, session_id: 'C', resource: 'x' } })).body).toMatchObject({
      type: 'urn:coord:problem:lock-held',
      holder: { id: lock.id },
      explain: expect.stringContaining('B waits for x, a'),
    });
    await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
    expect([(await answer).status, listOf((await answer).body.locks)]).toMatchObject([201, [{ resource: 'x' }, { resource: 'a' }]]);
  });
  test('to hold alone what it shares changes the mode of its lock', async () => {
    const p = api.name('p');
    const mine = await api.claim(p, 'B', 'a', { mode: 'shared' });
    const other = await api.claim(p, 'A', 'a', { mode: 'shared' });
    const { answer } = await waiter(p, 'B', 'a');
    await api.done('DELETE', `/locks/${other.id}?session_id=A`);
    expect(await answer).toMatchObject({ status: 200, body: { id: mine.id, fence: mine.fence, mode: 'exclusive' } });
  });
  test('is served when the clock has passed an expiry, and not before', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a', { ttl_hours: 0.005 });
    const { answer } = await waiter(p, 'B', 'a', { wait_seconds: 60 });
    api.clock.advance(18_000 - 1);
    expect(await queue(p)).toHaveLength(1);
    expect((await api.get(`/locks/${lock.id}`)).body.status).toBe('active');
    api.clock.advance(1);
    expect((await answer).body).toMatchObject({ session_id: 'B', acquired_at: lock.expires_at });
  });
  test('waits no more when its time is over, which is on record', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const { answer } = await waiter(p, 'B', 'a', { wait_seconds: 60 });
    api.clock.advance(MINUTE);
    expect(await queue(p)).toEqual([]);
    expect((await answer).body).toMatchObject({ type: 'urn:coord:problem:lock-held', holder: { id: lock.id } });
    expect(await history(p, 'LockRequestWithdrawn')).toMatchObject([{ actor: null, data: { reason: 'timeout', session_id: 'B' } }]);
  });
  test('gives up after wait_seconds', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const body = { project_key: p, session_id: 'B', resource: 'a', wait_seconds: 0.2 };
    expect((await api.call('POST', '/locks', { body })).body).toMatchObject({ status: 409, holder: { id: lock.id } });
    expect(await history(p, 'LockRequestWithdrawn')).toMatchObject([{ data: { reason: 'timeout' } }]);
    expect(await queue(p)).toEqual([]);
  });
  test('is counted while it waits', async () => {
    const p = api.name('p');
    await api.claim(p, 'A', 'a');
    const waiting = async () => /coord_lock_waiters (\d+)/.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1];
    const { answer } = await waiter(p, 'B', 'a', { wait_seconds: 1 });
    expect(await waiting()).toBe('1');
    await answer;
    expect(await waiting()).toBe('0');
  });
});

describe('a caller that hangs up', () => {
  const hangingUp = async (p: string, session_id: string) => {
    const gone = new AbortController();
    const body = JSON.stringify({ project_key: p, session_id, resource: 'a', wait_seconds: 60 });
    const call = fetch(`${api.url}/api/coord/locks`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: gone.signal });
    const ended = call.then(
      () => 'answered',
      () => 'gone',
    );
    await until('it waits', async () => (await queue(p)).length > 0);
    return { hangUp: () => gone.abort(), ended };
  };
  test('leaves the queue, with the reason on record', async () => {
    const p = api.name('p');
    await api.claim(p, 'A', 'a');
    const { hangUp } = await hangingUp(p, 'B');
    hangUp();
    await until('it has left', async () => (await queue(p)).length === 0);
    expect(await history(p, 'LockRequestWithdrawn')).toMatchObject([{ actor: null, data: { reason: 'hang-up' } }]);
  });
  test('in the moment of the grant leaves no lock behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      const p = api.name('p');
      const lock = await api.claim(p, 'A', 'a');
      const { hangUp, ended } = await hangingUp(p, 'B');
      const released = api.done('DELETE', `/locks/${lock.id}?session_id=A`);
      hangUp();
      await released;
      if ((await ended) === 'answered') continue;
      await until('the resource is free', async () => idsOf((await api.get(`/locks?project_key=${p}`)).body).length === 0);
      expect(await queue(p)).toEqual([]);
    }
  });
});

describe('a key', () => {
  test('that comes twice at once waits once, and both get one answer; so does who asks again', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const headers = { 'idempotency-key': p };
    const [one, two] = [await waiter(p, 'B', 'a', { headers }), await waiter(p, 'B', 'a', { headers })];
    expect(await queue(p)).toHaveLength(1);
    await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
    const answers = [await one.answer, await two.answer, await again(p, headers)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await history(p, 'LockRequestQueued')).toHaveLength(1);
  });
  test('of a claim that was not granted in time is not remembered', async () => {
    const p = api.name('p');
    const lock = await api.claim(p, 'A', 'a');
    const headers = { 'idempotency-key': p };
    const body = { project_key: p, session_id: 'B', resource: 'a', wait_seconds: 0.2 };
    expect((await api.call('POST', '/locks', { body, headers })).status).toBe(409);
    await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
    expect((await api.call('POST', '/locks', { body, headers })).status).toBe(201);
  });
  const again = (p: string, headers: Record<string, string>) =>
    api.call('POST', '/locks', { body: { project_key: p, session_id: 'B', resource: 'a', wait_seconds: 30 }, headers });
});

test('what a session waits for goes with its end, and those behind are served', async () => {
  const p = api.name('p');
  const [B, C] = [`B-${p}`, `C-${p}`];
  await api.claim(p, 'A', 'a', { mode: 'shared' });
  const first = await waiter(p, B, 'a');
  const second = await waiter(p, C, 'a', { mode: 'shared' });
  await api.done('POST', `/sessions/${B}/end`);
  expect((await second.answer).body).toMatchObject({ session_id: C, mode: 'shared' });
  expect((await first.answer).body).toMatchObject({ type: 'urn:coord:problem:lock-held' });
  expect(await history(p, 'LockRequestWithdrawn')).toMatchObject([{ data: { session_id: B, reason: 'session ended' } }]);
});

test('the fence that a claim carries is checked when its turn has come', async () => {
  const p = api.name('p');
  const [lock, own] = [await api.claim(p, 'A', 'a'), await api.claim(p, 'B', 'b')];
  const { answer } = await waiter(p, 'B', 'a', { lock_id: own.id, fence: own.fence });
  await api.done('POST', `/locks/${own.id}/break`, { session_id: 'boss', reason: 'urgent' });
  await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
  expect((await answer).body).toMatchObject({ type: 'urn:coord:problem:fence-superseded' });
  await until('the grant is taken back', async () => idsOf((await api.get(`/locks?project_key=${p}`)).body).length === 0);
});

test('the queue comes page by page', async () => {
  const p = api.name('p');
  await api.claim(p, 'A', 'a');
  const waiters = [];
  for (const name of ['B', 'C', 'D']) waiters.push(await waiter(p, `${name}-${p}`, 'a', { wait_seconds: 2 }));
  const page = (await api.get(`/locks/queue?project_key=${p}&limit=2`)).body;
  expect(listOf(page.items)).toHaveLength(2);
  const rest = (await api.get(`/locks/queue?project_key=${p}&cursor=${page.next_cursor}`)).body;
  expect(rest).toMatchObject({ items: [{ session_id: `D-${p}`, resource: 'a', mode: 'exclusive' }], next_cursor: null });
  for (const { answer } of waiters) expect((await answer).status).toBe(409);
});
