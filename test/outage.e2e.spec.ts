import postgres from 'postgres';
import { call, listAll } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';
import { isUp, PATIENCE_MS, readAll, STORE_UNAVAILABLE, writeAll } from './support/outages';
import { postgresOf, postmasterOf } from './support/postgres-processes';
import { TcpProxy } from './support/tcp-proxy';
import { until } from './support/until';

jest.setTimeout(60_000);
const RECOVERY_MS = 15_000;

interface Place {
  engine: Engine;
  close(): Promise<void>;
}

/** One way in which the database goes away and comes back. */
interface Outage {
  name: string;
  place(): Promise<Place & { begin(): Promise<void>; end(): Promise<void> }>;
}

async function embedded(): Promise<Place & { dataDir: string }> {
  const engine = await startEngine();
  return { engine, dataDir: engine.process.dataDir ?? '', close: async () => void (await engine.process.stop()) };
}

async function behindProxy(): Promise<Place & { proxy: TcpProxy; database: TestDatabase }> {
  const database = await createDatabase();
  const url = new URL(database.url);
  const proxy = await TcpProxy.to({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const engine = await startEngine({ databaseUrl: url.href });
  const close = async (): Promise<void> => {
    await engine.process.stop();
    await proxy.close();
    await database.drop();
  };
  return { engine, proxy, database, close };
}

const signalAll = (dataDir: string, signal: NodeJS.Signals): void => {
  for (const pid of postgresOf(dataDir)) process.kill(pid, signal);
};

const outages: Outage[] = [
  {
    name: 'is frozen',
    place: async () => {
      const place = await embedded();
      return { ...place, begin: async () => signalAll(place.dataDir, 'SIGSTOP'), end: async () => signalAll(place.dataDir, 'SIGCONT') };
    },
  },
  {
    name: 'is behind a network that is cut',
    place: async () => {
      const place = await behindProxy();
      return { ...place, begin: () => place.proxy.refuse(), end: () => place.proxy.accept() };
    },
  },
  {
    name: 'is behind a network that swallows everything',
    place: async () => {
      const place = await behindProxy();
      return { ...place, begin: async () => place.proxy.freeze(), end: async () => place.proxy.cut() };
    },
  },
];

afterAll(stopEngines);

describe.each(outages)('while the database $name', ({ place }) => {
  let scene: Awaited<ReturnType<typeof place>>;
  let url: string;
  beforeAll(async () => {
    scene = await place();
    url = scene.engine.url;
    await until('it wrote', async () => (await writeAll(url, 'before')).every(({ status }) => status === 201 || status === 200));
    await scene.begin();
  });
  afterAll(() => scene.close());

  test('writes and reads are refused in the words of the protocol, health says why, and the process lives', async () => {
    const service = ['health', 'readyz', 'livez'].map((path) => call(url, 'GET', `//${path}`, { patienceMs: PATIENCE_MS }));
    const refused = await Promise.all([writeAll(url, 'during'), readAll(url)]);
    for (const { status, headers, body } of refused.flat()) {
      expect({ status, body }).toMatchObject({ status: 503, body: STORE_UNAVAILABLE });
      expect(headers.get('retry-after')).toBe('30');
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
    const [health, ready, live] = await Promise.all(service);
    expect(health).toMatchObject({ status: 503, body: { status: 'degraded', database: 'disconnected' } });
    expect([ready?.status, live?.status]).toEqual([503, 200]);
  });

  test('and when it is back, all works by itself, and what was acknowledged is there', async () => {
    const [lock] = await writeAll(url, 'at-last');
    await scene.end();
    await until('everything worked again', () => isUp(url), RECOVERY_MS);
    for (const { status } of await writeAll(url, 'after')) expect([200, 201]).toContain(status);
    const resources = (await listAll<{ resource: string }>(url, '/locks?project_key=p')).map(({ resource }) => resource);
    expect(resources).toEqual(expect.arrayContaining(['before', 'after']));
    if (lock?.body.outcome !== 'unknown') expect(resources).not.toContain('at-last');
    expect(scene.engine.process.running).toBe(true);
    expect(scene.engine.process.stderr).toBe('');
  });
});

test('a Postgres that is killed comes back by itself, as often as it happens', async () => {
  const { engine, dataDir, close } = await embedded();
  const { url } = engine;
  for (const mark of ['one', 'two']) {
    const [lock] = await until('it wrote', async () => {
      const answers = await writeAll(url, mark);
      return answers.every(({ status }) => status < 300) && answers;
    });
    process.kill(postmasterOf(dataDir), 'SIGKILL');
    await until('everything worked again', () => isUp(url), RECOVERY_MS);
    expect((await call(url, 'GET', `/locks/${lock?.body.id}`)).body).toMatchObject({ id: lock?.body.id, status: 'active' });
  }
  await close();
});

test('an engine survives that the database goes while a connection introduces itself', async () => {
  const { engine, proxy, close } = await behindProxy();
  const refused = proxy.refuseAt('application_name');
  proxy.cut();
  await refused;
  await until('health said so', async () => (await call(engine.url, 'GET', '//health')).status === 503);
  await proxy.accept();
  await until('everything worked again', () => isUp(engine.url), RECOVERY_MS);
  expect(engine.process.stderr).toBe('');
  await close();
});

describe('a write whose answer is lost', () => {
  let scene: Awaited<ReturnType<typeof behindProxy>>;
  beforeAll(async () => {
    scene = await behindProxy();
    await until('it wrote', async () => (await writeAll(scene.engine.url, 'before')).every(({ status }) => status < 300));
  });
  // A stream that is at hand: else it is read first, and nothing is written when that has no answer.
  beforeEach(() => until('its stream was at hand', async () => (await claim('at-hand')).status < 300));
  afterAll(() => scene.close());

  const claim = (resource: string) =>
    call(scene.engine.url, 'POST', '/locks', { body: { project_key: 'q', session_id: 'A', resource }, patienceMs: PATIENCE_MS });

  test('is found out about when the way is free again in time, and is there once', async () => {
    scene.proxy.loseAnswers();
    const answer = claim('in-time');
    await until('it was in the log', () => isInLog(scene.database, 'in-time'));
    scene.proxy.cut();
    expect((await answer).status).toBe(201);
    expect(await claimsOf('in-time')).toBe(1);
  });

  test('has an unknown outcome when it can not be found out, and says so', async () => {
    scene.proxy.loseAnswers();
    const answer = await claim('too-late');
    expect(answer).toMatchObject({ status: 503, body: { ...STORE_UNAVAILABLE, outcome: 'unknown' } });
    scene.proxy.cut();
    await until('everything worked again', () => isUp(scene.engine.url), RECOVERY_MS);
    expect(await claimsOf('too-late')).toBe(1);
  });

  const claimsOf = async (resource: string): Promise<number> =>
    (await listAll(scene.engine.url, `/history?project_key=q&type=LockClaimed&resource=${resource}`)).length;
});

/** Asked beside the engine, which hears nothing. */
async function isInLog({ url }: TestDatabase, resource: string): Promise<boolean> {
  const sql = postgres(url, { max: 1 });
  const found = await sql`select from log.events where data ->> 'resource' = ${resource}`;
  await sql.end();
  return found.length > 0;
}
