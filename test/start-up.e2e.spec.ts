import { once } from 'node:events';
import { chmod, readdir } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { isRoot, NOBODY, othersReachSources, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { call } from './support/calls';
import { createDatabase } from './support/database';
import { type EngineOptions, spawnEngine, startEngine, stopEngines, stopRunning } from './support/engine';
import { postgresOf } from './support/postgres-processes';
import { until } from './support/until';

jest.setTimeout(60_000);
const listening: Server[] = [];
/** One for all tests that don't care: making a cluster takes time. */
let dataDir: string;

beforeAll(async () => {
  dataDir = await temporaryFolder();
});
afterEach(stopRunning);

afterAll(async () => {
  for (const server of listening) server.close();
  await stopEngines();
});

const LOCK = { project_key: 'p', session_id: 'A', resource: 'src' };

/** Starts what can't start: it ends with exit code 1 and one line that says why. */
async function refusal(options: EngineOptions): Promise<string> {
  const engine = await spawnEngine(options);
  expect(await engine.exited).toEqual({ code: 1, signal: null });
  expect(engine.stdout).toBe('');
  return engine.stderr;
}

const A_LINE = /^[A-Z][^\n]+\.\n$/;

describe('a start', () => {
  test('says in one line where the engine is ready, also on a folder with blanks in its name', async () => {
    expect(dataDir).toContain(' ');
    const { url, process: engine } = await startEngine({ dataDir, env: { COORD_LOG_LEVEL: 'silent' } });
    expect(engine.stdout).toBe(`coord is ready at ${url}\n`);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await call(url, 'GET', '//health')).status).toBe(200);
  });

  test('says which variable does nothing because it is misspelt', async () => {
    const { process: engine } = await startEngine({ dataDir, env: { COORD_STALEAFTER: '1h', COORD_PROJECT: 'p' } });
    expect(engine.stderr).toBe('COORD_STALEAFTER is no setting and does nothing; did you mean COORD_STALE_AFTER?\n');
  });

  test('after a kill of the engine finds the data as they were acknowledged', async () => {
    const first = await startEngine({ dataDir });
    const { body: lock } = await call(first.url, 'POST', '/locks', { body: LOCK });
    await first.process.kill('SIGKILL');
    const second = await startEngine({ dataDir });
    expect((await call(second.url, 'GET', `/locks/${lock.id}`)).body).toMatchObject({ id: lock.id, fence: lock.fence, status: 'active' });
  });
});

describe('a start that is refused', () => {
  test('on a folder that another engine uses, which it leaves alone', async () => {
    const { url, process: first } = await startEngine({ dataDir });
    const said = await refusal({ dataDir });
    expect(said).toMatch(A_LINE);
    expect(said).toContain(`is in use by another engine (process ${first.pid})`);
    expect((await call(url, 'GET', '/locks')).status).toBe(200);
  });

  test('on a port that is taken leaves no Postgres behind', async () => {
    const port = await listen();
    const said = await refusal({ dataDir, env: { COORD_PORT: String(port) } });
    expect(said).toBe(`Port ${port} of 127.0.0.1 is taken: stop what listens there, or set COORD_PORT to another port.\n`);
    expect(postgresOf(dataDir)).toEqual([]);
  });

  test('on a host that is not here', async () => {
    expect(await refusal({ dataDir, env: { COORD_HOST: '192.0.2.1' } })).toBe(
      '192.0.2.1 is no address of this machine (EADDRNOTAVAIL): set COORD_HOST to one that is.\n',
    );
  });

  test('with settings that are wrong names all of them', async () => {
    const said = await refusal({ env: { COORD_PORT: '99999', COORD_STALE_AFTER: 'soon', DATABASE_URL: 'mysql://x', EVENTSTORE_URL: 'http://x' } });
    expect(said.split('\n').map((line) => line.split(' ', 1)[0])).toEqual(['COORD_PORT', 'DATABASE_URL', 'EVENTSTORE_URL', 'COORD_STALE_AFTER', '']);
  });

  const canBeRefused = !isRoot || othersReachSources();
  (canBeRefused ? test : test.skip)('on a folder that it may not write', async () => {
    const refused = await temporaryFolder();
    await chmod(refused, 0o555);
    const said = await refusal({ dataDir: refused, ...(isRoot && { uid: NOBODY }) });
    expect(said).toMatch(A_LINE);
    expect(said).toContain(`The data folder ${refused} can't be written`);
  });

  test('on a database that can not be reached', async () => {
    const port = await listen();
    listening.at(-1)?.close();
    expect(await refusal({ databaseUrl: `postgres://nobody:secret@127.0.0.1:${port}/coord` })).toBe(
      `The engine could not start on the Postgres of DATABASE_URL (connect ECONNREFUSED 127.0.0.1:${port}): check that it runs and can be reached, then start again.\n`,
    );
  });

  test('on a server without the database', async () => {
    const database = await createDatabase();
    const url = new URL(database.url);
    url.pathname = '/not_there';
    const said = await refusal({ databaseUrl: url.href });
    expect(said).toMatch(A_LINE);
    expect(said).toContain('database "not_there" does not exist');
    await database.drop();
  });
});

describe('a stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s answers what is under way and leaves nothing running', async (signal) => {
    const { url, process: engine } = await startEngine({ dataDir });
    const [finish, answer] = await halfSent(url, JSON.stringify(LOCK));
    const ended = engine.kill(signal);
    await until('it took no new connections', () => refusesConnections(url));
    finish();
    expect(await answer).toMatch(/^HTTP\/1\.1 20[01] /);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(postgresOf(dataDir)).toEqual([]);
    expect(engine.stderr).toBe('');
  });

  test('does not wait for a request that never ends', async () => {
    const { url, process: engine } = await startEngine({ dataDir });
    const [, answer] = await halfSent(url, JSON.stringify(LOCK));
    expect(await engine.stop()).toEqual({ code: 0, signal: null });
    expect(await answer).toBe('');
    expect(postgresOf(dataDir)).toEqual([]);
  });

  const moments: [string, (dataDir: string) => Promise<boolean>][] = [
    ['makes the cluster', async (folder) => (await readdir(folder)).some((name) => name.startsWith('postgres.new-'))],
    ['has taken its folder', async (folder) => (await readdir(folder)).some((name) => name.startsWith('engine.'))],
    ['starts Postgres', async (folder) => (await readdir(`${folder}/postgres`).catch((): string[] => [])).includes('postmaster.pid')],
    ['has started Postgres', async (folder) => postgresOf(folder).length > 3],
  ];
  describe('during a start', () => {
    let fresh: string;
    beforeAll(async () => {
      fresh = await temporaryFolder();
    });

    test.each(moments)('while it %s is a stop all the same', async (_, isThere) => {
      const engine = await spawnEngine({ dataDir: fresh });
      await until('it was there', () => isThere(fresh));
      expect(await engine.stop()).toEqual({ code: 0, signal: null });
      expect([engine.stdout, engine.stderr, postgresOf(fresh)]).toEqual(['', '', []]);
    });

    test('leaves a folder that works', async () => {
      const { url } = await startEngine({ dataDir: fresh });
      expect((await call(url, 'GET', '//health')).status).toBe(200);
    });
  });
});

/** The port of a server that is there and says nothing. */
async function listen(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  listening.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A request whose body lacks its last byte: `finish` sends it. The answer is empty when the connection ends without one. */
async function halfSent(url: string, body: string): Promise<[finish: () => void, answer: Promise<string>]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  await once(socket, 'connect');
  const head = [
    'POST /api/coord/locks HTTP/1.1',
    'Host: coord',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  // Its `100 Continue` shows that the request has been taken.
  await once(socket, 'data');
  socket.write(body.slice(0, -1));
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  socket.on('error', () => undefined);
  return [() => socket.write(body.slice(-1)), answer];
}

async function refusesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
  }).then((refused) => {
    socket.destroy();
    return refused as boolean;
  });
}
