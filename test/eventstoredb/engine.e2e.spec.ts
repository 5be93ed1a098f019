import { call } from '../support/calls';
import { createDatabase, type TestDatabase } from '../support/database';
import { type Engine, startEngine, stopEngines } from '../support/engine';
import { eventsOf, exported, hashesOf, moved, withAPast } from '../support/moving';
import { isUp, PATIENCE_MS, readAll, STORE_UNAVAILABLE, writeAll } from '../support/outages';
import { TcpProxy } from '../support/tcp-proxy';
import { until } from '../support/until';
import { EventStoreDbDouble } from './eventstoredb-double';

jest.setTimeout(120_000);
const RECOVERY_MS = 30_000;
const DONE = [201, 200, 201];
const statuses = (answers: readonly { status: number }[]): number[] => answers.map(({ status }) => status);

let double: EventStoreDbDouble;
let line: TcpProxy;
let engine: Engine;
const databases: TestDatabase[] = [];
const another = async (): Promise<string> => {
  databases.push(await createDatabase());
  return databases.at(-1)?.url ?? '';
};

beforeAll(async () => {
  double = await EventStoreDbDouble.start();
  line = await TcpProxy.to({ host: double.url.hostname, port: Number(double.url.port) });
  const url = new URL(double.url);
  url.host = `127.0.0.1:${line.port}`;
  engine = await startEngine({ databaseUrl: await another(), env: { EVENTSTORE_URL: url.href } });
});
afterAll(async () => {
  await stopEngines();
  await line.close();
  double.stop();
  for (const database of databases) await database.drop();
});

describe.each([
  ['is behind a network that is cut', () => line.refuse(), () => line.accept()],
  ['is frozen', () => line.freeze(), () => line.cut()],
])('while EventStoreDB %s', (name, begin, end) => {
  const mark = name.replaceAll(' ', '-');
  beforeAll(async () => {
    expect(statuses(await writeAll(engine.url, `before-${mark}`))).toEqual(DONE);
    await begin();
  });

  it('health says so in time, and the engine lives', async () => {
    expect(await call(engine.url, 'GET', '//health', { patienceMs: 2_500 })).toMatchObject({
      status: 503,
      body: { status: 'degraded', database: 'disconnected' },
    });
    expect((await call(engine.url, 'GET', '//livez')).status).toBe(200);
  });

  it('writes are refused as the protocol says, and reads answer nothing that may be old', async () => {
    for (const { status, body } of await writeAll(engine.url, `during-${mark}`)) {
      expect(status).toBe(503);
      expect(body).toMatchObject(STORE_UNAVAILABLE);
    }
    expect(new Set(statuses(await readAll(engine.url)))).toEqual(new Set([503]));
  });

  it('and when it is back, all works by itself, and what was acknowledged is there once', async () => {
    await end();
    await until('all works again', () => isUp(engine.url), RECOVERY_MS);
    expect(statuses(await writeAll(engine.url, `after-${mark}`))).toEqual(DONE);
    for (const when of ['before', 'after']) {
      const stream = encodeURIComponent(`component-p/${when}-${mark}`);
      const { body } = await call<object[]>(engine.url, 'GET', `/history?stream=${stream}`, { patienceMs: PATIENCE_MS });
      expect(body).toHaveLength(1);
    }
  });
});

test('a log moves from Postgres to EventStoreDB: the same events in the same order, the same board', async () => {
  const from = await withAPast({ databaseUrl: await another() });
  const fresh = await EventStoreDbDouble.start();
  try {
    const [databaseUrl, env] = [await another(), { EVENTSTORE_URL: fresh.url.href }];
    const log = await exported(from.url);
    const to = await moved(log, { databaseUrl, env });
    expect(eventsOf(await exported(to.url))).toEqual(eventsOf(log));
    await hashesOf({ DATABASE_URL: databaseUrl, ...env });
    const components = async (url: string) => (await call(url, 'GET', '/components?project_key=p')).body;
    expect(await components(to.url)).toEqual(await components(from.url));
    await to.process.stop();
  } finally {
    fresh.stop();
  }
});
