import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build, ROOT } from './support/build';
import { call, listAll } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';
import { EventReader } from './support/event-source';
import { until } from './support/until';

jest.setTimeout(90_000);
/** Five seconds are the promise; a busy machine gets a margin. */
const TAKE_OVER_MS = 8_000;
const ONE_SECOND = 1 / 3_600;
const PROJECT = 'p';

let database: TestDatabase;
let engines: Engine[];

beforeAll(build, 180_000);
beforeEach(async () => {
  database = await createDatabase();
  const start = () => startEngine({ databaseUrl: database.url, env: { COORD_LOG_LEVEL: 'info' } });
  engines = await Promise.all([start(), start(), start()]);
  await until('one of them leads', () => engines.some(leads));
});
afterEach(async () => {
  await stopEngines();
  await database.drop();
});

const said = ({ process }: Engine, words: string): number => process.stdout.split(`"${words}"`).length - 1;
const leads = (engine: Engine): boolean => said(engine, 'This instance leads') > said(engine, 'This instance leads no longer');

/** The one that leads, and the others. */
function parted(): { leader: Engine; others: [Engine, Engine] } {
  const leader = engines.find(leads);
  const [one, other] = engines.filter((engine) => engine !== leader);
  if (!leader || !one || !other) throw new Error('No one leads.');
  return { leader, others: [one, other] };
}

const claim = (url: string, resource: string, more: object = {}) =>
  call(url, 'POST', '/locks', { body: { project_key: PROJECT, session_id: 'A', resource, ...more } });
const component = (url: string, n: number) => call(url, 'PUT', `/components/${PROJECT}/c${n % 7}`, { body: { state: String(n), updated_by: 'A' } });

/** The ends of leases that are on record, by resource; empty also while the read models have nobody who leads them. */
async function expired(url: string): Promise<string[]> {
  const answer = await call<{ items: { data: { resource: string } }[] }>(url, 'GET', `/history?project_key=${PROJECT}&type=LockExpired&limit=500`);
  return answer.status === 200 ? answer.body.items.map(({ data }) => data.resource) : [];
}

/** Whether each read model is what a new one would be. @throws with what it says when one is not. */
const verifyReadModels = () =>
  promisify(execFile)(process.execPath, ['dist/apps/api/src/operations/projections.cli.js', 'verify'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.url },
  });

async function showsItsWrites(writer: string, readers: readonly string[], mark: string): Promise<void> {
  const { body } = await claim(writer, mark);
  for (const url of readers) {
    const seen = await until('it answers', async () => {
      const { status, body: locks } = await call<{ id: string; resource: string }[]>(url, 'GET', `/locks?project_key=${PROJECT}&resource=${mark}`);
      return status === 200 && locks;
    });
    expect(seen).toMatchObject([{ id: body.id }]);
  }
}

describe('when the leader of three instances', () => {
  test('is killed, another one puts on record what runs out, and every one shows what is written on any', async () => {
    const { leader, others } = parted();
    const [one, other] = others;
    await Promise.all(['a', 'b', 'c'].map((resource) => claim(one.url, resource, { ttl_hours: ONE_SECOND })));
    await leader.process.kill('SIGKILL');
    await until('it was on record', async () => (await expired(other.url)).length === 3, TAKE_OVER_MS);
    await showsItsWrites(one.url, [one.url, other.url], 'd');
    expect(others.filter(leads)).toHaveLength(1);
    expect((await expired(one.url)).toSorted()).toEqual(['a', 'b', 'c']);
    await verifyReadModels();
  });

  test('is paused and wakes up, nothing happens twice, and no reader misses anything or sees what was', async () => {
    const { leader, others } = parted();
    const [one, other] = others;
    const readers = await Promise.all(engines.map(({ url }) => EventReader.open(url, { project_key: PROJECT })));
    // It sleeps in the middle of its work, and with leases that it would have to put on record.
    const busy = Promise.all(Array.from({ length: 60 }, (_, n) => component(one.url, n)));
    await Promise.all(['a', 'b', 'c'].map((resource) => claim(leader.url, resource, { ttl_hours: ONE_SECOND })));
    process.kill(leader.process.pid, 'SIGSTOP');
    await busy;
    await until('it was on record', async () => (await expired(other.url)).length === 3, TAKE_OVER_MS);
    for (let n = 0; n < 20; n += 1) await component(other.url, n);
    const { body: last } = await claim(one.url, 'last');

    process.kill(leader.process.pid, 'SIGCONT');
    await showsItsWrites(other.url, [leader.url], 'd');
    expect((await call(leader.url, 'GET', `/locks/${last.id}`)).body).toMatchObject({ status: 'active' });
    await until('it has noticed', () => said(leader, 'This instance leads no longer') === 1);
    await showsItsWrites(leader.url, [one.url, other.url, leader.url], 'e');

    expect(engines.filter(leads)).toHaveLength(1);
    expect((await expired(leader.url)).toSorted()).toEqual(['a', 'b', 'c']);
    const positions = (await listAll<{ position: number }>(one.url, `/history?project_key=${PROJECT}`)).map(({ position }) => position);
    await Promise.all(readers.map((reader) => reader.has(positions.length)));
    expect(readers.map(({ ids }) => ids)).toEqual(readers.map(() => positions));
    for (const reader of readers) reader.leave();
    await verifyReadModels();
  });
});
