import { Api, type Json } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const component = (project_key: string, name: string, state: string, more: object = {}) =>
  api.done('PUT', '/components', { project_key, component: name, state, updated_by: 'A', ...more });
const now = async (): Promise<number> => Number((await api.get('/status')).headers.get('coord-position'));
const diff = (query: Record<string, string | number>): Promise<Json> =>
  api.done('GET', `/diff?${new URLSearchParams(query as Record<string, string>)}`);

test('between two positions: components before and after, locks by what happened, everything else by its stream', async () => {
  const p = api.name('p');
  await component(p, 'api', 'built');
  await api.claim(p, 'A', 'kept');
  const from = await now();
  await component(p, 'api', 'deploying');
  await component(p, 'api', 'deployed');
  const lock = await api.claim(p, 'B', 'src');
  await api.done('POST', `/locks/${lock.id}/break`, { session_id: 'A', reason: 'urgent' });
  await api.message('A', 'B', { project_key: p });
  const to = await now();
  await component(p, 'later', 's');
  expect(await diff({ from, to, project_key: p })).toMatchObject({
    ...{ from, to, project_key: p, truncated: false, types: { ComponentUpdated: 2, LockClaimed: 1, LockBroken: 1, MessageSent: 1 } },
    locks: {
      claimed: [{ data: { resource: 'src', session_id: 'B' } }],
      released: [],
      expired: [],
      broken: [{ actor: 'A', data: { resource: 'src', reason: 'urgent' } }],
    },
    components: [{ project_key: p, component: 'api', events: 2, from: { state: 'built' }, to: { state: 'deployed' } }],
    others: { messages: [{ project_key: p, from: null, to: { type: 'MessageSent' } }] },
  });
});

test('between two times, the first exclusive, the second inclusive', async () => {
  const p = api.name('p');
  const at: string[] = [];
  for (const state of ['one', 'two', 'three']) {
    api.clock.advance(1_000);
    at.push(String((await component(p, 'api', state)).updated_at));
  }
  expect(await diff({ from: at[0] ?? '', to: at[1] ?? '', project_key: p })).toMatchObject({
    components: [{ events: 1, from: { state: 'one' }, to: { state: 'two' } }],
  });
  expect(await diff({ from: at[2] ?? '', project_key: p })).toMatchObject({ from: null, to: await now(), events: 0, components: [] });
});

test.each(['0001-01-01T00:00:00Z', '2026-05-11T24:00:00%2B02', '20260512T120000 0200', '2026-05-12T12Z'])(
  '%s is a time wherever one is taken',
  async (time) => {
    for (const path of ['/diff?from=', '/history?limit=1&from=', '/history?limit=1&to=', '/status?at=', '/messages?since='])
      expect([path, (await api.get(`${path}${time}`)).status]).toEqual([path, 200]);
  },
);

test('without an end it goes up to now', async () => {
  const p = api.name('p');
  const from = await now();
  await component(p, 'api', 's');
  expect(await diff({ from })).toMatchObject({ from, to: await now(), components: [{ project_key: p }] });
});

test('a key that was remembered without a change is no change', async () => {
  const p = api.name('p');
  await component(p, 'api', 's');
  const from = await now();
  const again = { project_key: p, component: 'api', state: 's', updated_by: 'A' };
  await api.call('PUT', '/components', { body: again, headers: { 'idempotency-key': p } });
  expect(await now()).toBeGreaterThan(from);
  expect(await diff({ from, project_key: p })).toMatchObject({ events: 0, components: [] });
});

test('long texts are cut', async () => {
  const p = api.name('p');
  const from = await now();
  const random = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * n * 7_919) % 20_000))).join('');
  await api.message('A', 'B', { project_key: p, subject: 'short', body: random, metadata: { random } });
  const data = (await diff({ from, project_key: p })).others?.messages?.[0]?.to?.data;
  expect(data).toMatchObject({ subject: 'short', body: `${random.slice(0, 500)}…` });
  expect(data).not.toHaveProperty('metadata');
});

test('a range that is too long is summed up to a position, from where to ask on', async () => {
  const p = api.name('p');
  const from = await now();
  const metadata = { actor: 'A', at: '2026-05-12T12:00:00.000Z', project_key: p, causation_id: null, correlation_id: null, schema: 1 };
  const id = (n: number) => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;
  for (let n = 0; n < 5_004; n += 417) {
    const events = Array.from({ length: 417 }, (_, i) => ({ id: id(n + i), type: 'Happened', data: {}, metadata }));
    await api.store.append([{ stream: `many-${p}`, expected: 'any', events }]);
  }
  const first = await diff({ from, project_key: p });
  expect(first).toMatchObject({ truncated: true, events: 5_000, to: from + 5_000 });
  expect(await diff({ from: Number(first.to), project_key: p })).toMatchObject({ truncated: false, events: 4 });
});

test('it needs a beginning', async () => expect((await api.get('/diff')).status).toBe(422));
