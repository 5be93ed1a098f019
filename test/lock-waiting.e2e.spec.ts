import { call } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';
import { until } from './support/until';

jest.setTimeout(60_000);

let database: TestDatabase;
let engines: [Engine, Engine];
/** Of the test that runs. */
let project = '';

const start = () => startEngine({ databaseUrl: database.url });
const running = async (engine: Engine) => (engine.process.running ? engine : start());

beforeAll(async () => {
  database = await createDatabase();
  engines = [await start(), await start()];
});
beforeEach(async () => {
  project = `${project}p`;
  engines = [await running(engines[0]), await running(engines[1])];
});
afterAll(async () => {
  await stopEngines();
  await database.drop();
});

const claim = (url: string, session_id: string, more: object = {}) =>
  call(url, 'POST', '/locks', { body: { project_key: project, session_id, resource: 'a', ...more } });
const release = (url: string, id: unknown, session_id: string) => call(url, 'DELETE', `/locks/${id}?session_id=${session_id}`);
const queue = async (url: string) =>
  (await call<{ session_id: string }[]>(url, 'GET', `/locks/queue?project_key=${project}`)).body.map((one) => one.session_id);

/** Resolves when the claim stands in the queue; `answer` does when it was answered. */
async function waiter(url: string, session_id: string, more: object = {}) {
  const answer = claim(url, session_id, { wait_seconds: 30, ...more });
  answer.catch(() => undefined); // its engine may be killed
  await until(`${session_id} waits`, async () => (await queue(url)).includes(session_id));
  return { answer };
}

test('those who wait on two instances are served in the order in which they came, whoever releases', async () => {
  const urls = engines.map(({ url }) => url) as [string, string];
  const names = Array.from({ length: 8 }, (_, i) => `W${i}`);
  const { body: first } = await claim(urls[0], 'A');
  const waiting = [];
  for (const [i, name] of names.entries()) waiting.push(await waiter(urls[i % 2] ?? '', name));
  let [id, holder] = [first.id, 'A'];
  for (const [i, { answer }] of waiting.entries()) {
    await release(urls[(i + 1) % 2] ?? '', id, holder);
    const granted = await answer;
    expect([granted.status, granted.body.session_id, granted.body.fence]).toEqual([201, names[i], i + 2]);
    expect(await queue(urls[i % 2] ?? '')).toEqual(names.slice(i + 1));
    [id, holder] = [granted.body.id, String(granted.body.session_id)];
  }
});

test('a lease that runs out is handed on to who waits on an instance that does not lead', async () => {
  const [one, other] = engines;
  const { body: lock } = await claim(one.url, 'A', { ttl_hours: 1 / 3_600 });
  const waiting = await Promise.all([waiter(one.url, 'B', { wait_seconds: 20 }), waiter(other.url, 'C', { wait_seconds: 20 })]);
  const granted = await Promise.race(waiting.map(({ answer }) => answer));
  expect(Date.parse(String(granted.body.acquired_at))).toBeGreaterThanOrEqual(Date.parse(String(lock.expires_at)));
  await release(one.url, granted.body.id, String(granted.body.session_id));
  expect((await Promise.all(waiting.map(({ answer }) => answer))).map(({ status }) => status)).toEqual([201, 201]);
});

test('who waited on an instance that was killed is skipped when its time is over', async () => {
  const [killed, lives] = engines;
  const { body: lock } = await claim(lives.url, 'A', { mode: 'shared' });
  await waiter(killed.url, 'B', { wait_seconds: 4 });
  const { answer } = await waiter(lives.url, 'C', { mode: 'shared' });
  await killed.process.kill('SIGKILL');
  expect((await answer).body).toMatchObject({ session_id: 'C', mode: 'shared' });
  await release(lives.url, lock.id, 'A');
  const locks = async () => (await call<{ session_id: string }[]>(lives.url, 'GET', `/locks?project_key=${project}`)).body;
  expect(await locks()).toMatchObject([{ session_id: 'C' }]);
  const withdrawn = await call<object[]>(lives.url, 'GET', `/history?project_key=${project}&type=LockRequestWithdrawn`);
  expect(withdrawn.body).toMatchObject([{ data: { session_id: 'B', reason: 'timeout' } }]);
});

test('an engine that stops answers those who wait at once, and takes them out of the queue', async () => {
  const [stops, lives] = engines;
  await claim(lives.url, 'A');
  const { answer } = await waiter(stops.url, 'B');
  const stopped = stops.process.stop();
  expect((await answer).body).toMatchObject({ type: 'urn:coord:problem:store-unavailable', status: 503 });
  expect(await stopped).toEqual({ code: 0, signal: null });
  await until('the queue is empty', async () => (await queue(lives.url)).length === 0);
  const withdrawn = await call<object[]>(lives.url, 'GET', `/history?project_key=${project}&type=LockRequestWithdrawn`);
  expect(withdrawn.body).toMatchObject([{ data: { session_id: 'B', reason: 'shutdown' } }]);
});

test('a caller that comes again under its key, on another instance, finds its place in the queue', async () => {
  const [killed, lives] = engines;
  const { body: lock } = await claim(lives.url, 'A');
  const headers = { 'idempotency-key': 'k' };
  const body = { project_key: project, session_id: 'B', resource: 'a', wait_seconds: 20 };
  call(killed.url, 'POST', '/locks', { body, headers }).catch(() => undefined);
  await until('B waits', async () => (await queue(lives.url)).includes('B'));
  const { answer: behind } = await waiter(lives.url, 'C');
  await killed.process.kill('SIGKILL');
  const again = call(lives.url, 'POST', '/locks', { body, headers });
  await until('it is held', async () => /coord_lock_waiters 2/.test(await (await fetch(`${lives.url}/metrics`)).text()));
  expect(await queue(lives.url)).toEqual(['B', 'C']);
  await release(lives.url, lock.id, 'A');
  const granted = await again;
  expect(granted.body).toMatchObject({ session_id: 'B', status: 'active' });
  await release(lives.url, granted.body.id, 'B');
  expect((await behind).body).toMatchObject({ session_id: 'C' });
});
