import { connect } from 'node:net';
import { ReadModels } from '@coord/projection-runner/index';
import { Api } from '../../../../test/support/api';
import { EventReader } from '../../../../test/support/event-source';
import { until } from '../../../../test/support/until';

let api: Api;
const readers: EventReader[] = [];

beforeAll(async () => {
  api = await Api.start();
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.leave();
});
afterAll(() => api.close());

const follow = async (query: Record<string, string> = {}, lastEventId?: number | string, at = api): Promise<EventReader> => {
  const reader = await EventReader.open(at.url, query, lastEventId);
  readers.push(reader);
  return reader;
};
const say = (project_key: string, state: string | number, component = 'c', session = 'A') =>
  api.done('PUT', '/components', { project_key, component, state: String(state), updated_by: session });
const history = async (query: Record<string, string>) => (await api.get(`/history?${new URLSearchParams(query)}`)).body;
const positions = async (query: Record<string, string>) => Object.values(await history(query)).map(({ position }) => Number(position));
const head = () => api.store.head();
const gauge = async (): Promise<number> =>
  Number(/^coord_event_streams (\d+)$/m.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1] ?? Number.NaN);

test('an event is the one of the history, under its position', async () => {
  const p = api.name('p');
  const reader = await follow({ project_key: p, type: 'LockClaimed' });
  await api.claim(p, 'A', 'src');
  await reader.has(1);
  expect(reader.received.map(({ data }) => data)).toEqual(await history({ project_key: p, type: 'LockClaimed' }));
  expect(reader.ids).toEqual(await positions({ project_key: p, type: 'LockClaimed' }));
  expect(reader.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
});

test('every filter of the history holds, alone and together', async () => {
  const p = api.name('p');
  const after = await head();
  const lock = await api.claim(p, `A ${p}`, './src//a');
  await api.claim(p, `B ${p}`, 'src/b');
  await api.done('DELETE', `/locks/${lock.id}?session_id=${encodeURIComponent(`A ${p}`)}`);
  await say(p, 1);
  await say(`${p} too`, 1, 'c', `A ${p}`);
  const filters: Record<string, string>[] = [
    { project_key: p },
    { session_id: `A ${p}` },
    { type: 'LockClaimed' },
    { stream: `lock-${p}` },
    { resource: 'src/a' },
    { resource: './src/a/' },
    { project_key: p, session_id: `A ${p}`, type: 'LockReleased', stream: `lock-${p}`, resource: 'src/a' },
    { project_key: p, type: 'ComponentUpdated', resource: 'src/a' },
  ];
  for (const filter of filters) {
    const [expected, live] = [await positions({ ...filter, from: String(after) }), await follow(filter, after)];
    await live.has(expected.length);
    expect([filter, live.ids]).toEqual([filter, expected]);
  }
});

test('it begins after Last-Event-ID, the header before the query', async () => {
  const p = api.name('p');
  for (let n = 0; n < 4; n += 1) await say(p, n);
  const all = await positions({ project_key: p, type: 'ComponentUpdated' });
  const byQuery = await follow({ project_key: p, type: 'ComponentUpdated', last_event_id: String(all[1]) });
  const byHeader = await follow({ project_key: p, type: 'ComponentUpdated', last_event_id: String(all[0]) }, all[2]);
  await Promise.all([byQuery.has(2), byHeader.has(1)]);
  expect([byQuery.ids, byHeader.ids]).toEqual([all.slice(2), all.slice(3)]);
});

test.each([
  ['an id that is none', 'x'],
  ['an id that is no position of this log', '9007199254740991'],
])('%s is refused', async (_, id) => {
  const answer = await api.get('/events/stream', { 'last-event-id': id });
  expect([answer.status, answer.body.detail]).toEqual([422, expect.stringContaining('Last-Event-ID')]);
});

test('one who comes back again and again in the middle of writes has every event once', async () => {
  const p = api.name('p');
  let last = await head();
  const seen: number[] = [];
  const writing = Promise.all(Array.from({ length: 300 }, (_, n) => say(p, n, `c${n % 7}`)));
  while (seen.length < 300) {
    const reader = await follow({ project_key: p, type: 'ComponentUpdated' }, last);
    await reader.has(1);
    const got = reader.ids; // what came until the reader leaves
    reader.leave();
    seen.push(...got);
    last = got.at(-1) ?? last;
  }
  await writing;
  expect(seen).toEqual(await positions({ project_key: p, type: 'ComponentUpdated' }));
});

test('whoever is further behind than what is remembered catches up from the log and goes on live', async () => {
  const p = api.name('p');
  const after = await head();
  const first = await follow({ project_key: p });
  for (let n = 0; n < 1_500; n += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => say(p, n + i, `c${i}`)));
  const late = await follow({ project_key: p }, after);
  await say(p, 'last');
  await until('both have the last', () => [first, late].every(({ received }) => received.at(-1)?.data.data.state === 'last'));
  expect(late.ids).toEqual(first.ids);
  expect(late.received.filter(({ data }) => data.type === 'ComponentUpdated')).toHaveLength(1_501);
  expect(new Set(late.ids).size).toBe(late.ids.length);
});

test('a reader who does not read holds up nobody, costs no connection to the database, and misses nothing', async () => {
  const p = api.name('p');
  const { port } = new URL(api.url);
  const after = await head();
  const slow = connect({ port: Number(port), host: '127.0.0.1' });
  slow.write(`GET /api/coord/events/stream?project_key=${p} HTTP/1.1\r\nHost: x\r\nLast-Event-ID: ${after}\r\n\r\n`);
  slow.pause();
  const quick = await follow({ project_key: p, type: 'MessageSent' });
  await until('both follow', async () => (await gauge()) >= 2);
  const body = 'x'.repeat(500_000);
  const COUNT = 40; // more than sockets and memory hold between them
  for (let n = 0; n < COUNT; n += 1) await api.message('A', 'B', { project_key: p, subject: String(n), body });
  await quick.has(COUNT);
  expect(await connectionsInUse()).toBe(0);
  let text = '';
  slow.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  slow.resume();
  await until('the slow reader has all', () => text.includes(`"subject":"${COUNT - 1}"`) && text.endsWith('\n\n\r\n'));
  slow.destroy();
  expect([...text.matchAll(/"subject":"(\d+)"/g)].map(([, n]) => Number(n))).toEqual(Array.from({ length: COUNT }, (_, n) => n));
});

/** Statements or transactions under way, but for those of who listens and who asks. */
async function connectionsInUse(): Promise<number> {
  const [row] = await api.app.get(ReadModels).sql<{ count: number }[]>`
    select count(*)::int from pg_stat_activity
    where datname = current_database() and application_name like 'coord reads' and state <> 'idle'`;
  return row?.count ?? 0;
}

test('open streams are counted, and a stream is closed when its reader has left', async () => {
  await until('none is open', async () => (await gauge()) === 0);
  const [one, two] = [await follow(), await follow()];
  await until('both are counted', async () => (await gauge()) === 2);
  for (const reader of [one, two]) reader.leave();
  await until('both are gone', async () => (await gauge()) === 0);
});

test('HEAD opens none', async () => {
  const answer = await fetch(`${api.url}/api/coord/events/stream`, { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  await until('none is open', async () => (await gauge()) === 0);
});

test('the engine ends streams when it stops, and does not have to break them', async () => {
  const other = await Api.start();
  const reader = await follow({}, undefined, other);
  await other.close();
  await until('the stream has ended', () => reader.ended);
  expect(reader.broken).toBe(false);
});
