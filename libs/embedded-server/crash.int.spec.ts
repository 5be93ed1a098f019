import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { postgresProcessesIn } from './process-identity';
import { type Engine, launchEngine, refusal, running, spawnEngine } from './testing/engine';
import { removeFolders, temporaryFolder } from './testing/folders';
import { isAlive, serversOn, until } from './testing/processes';

const engines: Engine[] = [];

async function launch(dataDir: string): Promise<Engine> {
  const engine = await launchEngine(dataDir);
  engines.push(engine);
  return engine;
}

async function write(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`create table kept as select 42 as n`.finally(() => sql.end());
}

async function read(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql`select n from kept`.finally(() => sql.end());
  return row?.n;
}

/** Puts the id of a living process that is no Postgres into the pid file of a cluster that does not run. */
async function reusePid(dataDir: string, former: string): Promise<void> {
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), former.replace(/^\d+/, String(process.pid)));
}

describe('after a crash', () => {
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.stop())));
  afterAll(removeFolders);

  it('the next start ends the Postgres that a killed engine left, and has its data', async () => {
    const folder = await temporaryFolder();
    const killed = await launch(folder);
    const { url, pid } = running(killed);
    await write(url);
    await killed.kill();
    expect(isAlive(pid)).toBe(true);
    const next = running(await launch(folder));
    expect(isAlive(pid)).toBe(false);
    expect(await read(next.url)).toBe(42);
  });

  it('the next start has the data when engine and Postgres were killed together', async () => {
    const folder = await temporaryFolder();
    const killed = await launch(folder);
    const { url, pid } = running(killed);
    await write(url);
    process.kill(pid, 'SIGKILL');
    await killed.kill();
    expect(await read(running(await launch(folder)).url)).toBe(42);
  });

  it('a stale pid file whose id another program has by now does not stop the start, nor is that program touched', async () => {
    const folder = await temporaryFolder();
    const killed = await launch(folder);
    const { url, pid } = running(killed);
    await write(url);
    const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
    await killed.kill();
    process.kill(pid, 'SIGKILL');
    await until('Postgres is gone', () => serversOn(folder) === 0);
    await reusePid(folder, pidFile);
    expect(await read(running(await launch(folder)).url)).toBe(42);
  });

  it('a first start that was killed while it made the cluster is made good by the next', async () => {
    const folder = await temporaryFolder();
    const killed = spawnEngine(folder);
    await until('the cluster is in the making', async () => (await readdir(folder)).some((name) => name.startsWith('postgres.new-')));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    running(await launch(folder));
    expect((await readdir(folder)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });
});

describe('an engine that exits while it starts', () => {
  afterAll(removeFolders);

  it('leaves no process that makes the cluster', async () => {
    const folder = await temporaryFolder();
    const engine = spawnEngine(folder);
    let unfinished: string | undefined;
    await until('the cluster is in the making', async () => {
      unfinished = (await readdir(folder)).find((name) => /^postgres\.new-\w+$/.test(name));
      return unfinished !== undefined && postgresProcessesIn(join(folder, unfinished)).length > 0;
    });
    engine.kill('SIGTERM');
    await once(engine, 'exit');
    await until('initdb is gone', () => postgresProcessesIn(join(folder, unfinished ?? '')).length === 0);
  });

  it('leaves no Postgres', async () => {
    const folder = await temporaryFolder();
    await (await launchEngine(folder)).stop();
    const engine = spawnEngine(folder);
    await until('Postgres starts', () => serversOn(folder) > 0);
    engine.kill('SIGTERM');
    await once(engine, 'exit');
    await until('Postgres is gone', () => serversOn(folder) === 0);
  });
});

describe('a second start on the same folder', () => {
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.stop())));
  afterAll(removeFolders);

  it('is refused, and the first goes on unharmed', async () => {
    const folder = await temporaryFolder();
    const first = running(await launch(folder));
    await write(first.url);
    expect(refusal(await launch(folder))).toMatch(
      /is in use by another engine \(process \d+\): stop that one, or set COORD_DATA_DIR to another folder\.$/,
    );
    expect(await read(first.url)).toBe(42);
    expect(isAlive(first.pid)).toBe(true);
  });

  it('is accepted once the first has stopped', async () => {
    const folder = await temporaryFolder();
    await (await launch(folder)).stop();
    running(await launch(folder));
  });

  it('leaves one engine running when several start at the same moment', async () => {
    const folder = await temporaryFolder();
    const started = await Promise.all([1, 2, 3, 4].map(() => launch(folder)));
    expect(started.filter((engine) => 'url' in engine.outcome)).toHaveLength(1);
  });
});
