import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Random } from '../crash/random';
import { WritingClient } from '../crash/writing-client';
import { call } from '../support/calls';
import { startEngine, stopEngines } from '../support/engine';
import { runScript } from '../support/script';
import { until } from '../support/until';

const CLIENTS = 16;
afterAll(stopEngines);
jest.setTimeout(120_000);

const exported = async (url: string): Promise<string[]> => (await (await fetch(`${url}/api/coord/history/export`)).text()).trimEnd().split('\n');

/** An engine, sixteen clients that write to it without a break, and a backup of its data taken meanwhile. */
async function backedUpUnderLoad() {
  const { url, process: engine } = await startEngine();
  const names = Array.from({ length: CLIENTS }, (_, index) => `client-${index + 1}`);
  const clients = names.map((name, index) => new WritingClient(name, names, () => url, new Random(index)));
  const end = new AbortController();
  const writing = Promise.all(clients.map((client) => client.run(end.signal)));
  const acknowledged = (): number => clients.reduce((sum, client) => sum + client.acknowledged, 0);
  const told = (): number[] =>
    clients.flatMap(({ operations }) => operations.flatMap(({ tries }) => tries.map(({ answer }) => answer?.position ?? 0)));
  await until('the clients are at work', () => acknowledged() > 200, 30_000);
  const before = Math.max(...told());
  const folder = join(await temporaryFolder(), 'nightly');
  const dataDir = engine.dataDir ?? '';
  const backup = await runScript('backup', ['backup', folder], { COORD_DATA_DIR: dataDir });
  const duringIt = acknowledged();
  await until('they went on after the backup', () => acknowledged() > duringIt + 50, 30_000);
  end.abort();
  await writing;
  return { url, engine, folder, dataDir, backup, before };
}

test('a backup under load is one moment of the log, and comes back whole', async () => {
  const { url, engine, folder, dataDir, backup, before } = await backedUpUnderLoad();
  expect(backup).toMatchObject({ code: 0, stderr: '' });
  const position = Number(/every event up to position (\d+)/.exec(backup.stdout)?.[1]);
  expect(position).toBeGreaterThanOrEqual(before); // all that had been acknowledged
  const original = await exported(url);
  expect(original.length).toBeGreaterThan(position);
  await engine.stop();

  const again = join(await temporaryFolder(), 'data');
  expect(await runScript('backup', ['restore', folder], { COORD_DATA_DIR: again })).toMatchObject({ code: 0, stderr: '' });
  const restored = await startEngine({ dataDir: again });
  const lines = await exported(restored.url);
  expect(lines.length).toBeGreaterThanOrEqual(position);
  expect(lines).toEqual(original.slice(0, lines.length));
  await call(restored.url, 'GET', '/status'); // the read models have followed
  const verified = await runScript('projections', ['verify'], { COORD_DATA_DIR: again });
  expect(verified).toMatchObject({ code: 0 });

  const claim = { project_key: 'after', session_id: 'A', resource: 'x' };
  expect((await call(restored.url, 'POST', '/locks', { body: claim })).status).toBe(201);
  expect(await runScript('backup', ['backup', folder], { COORD_DATA_DIR: again })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not empty'),
  });
  expect(await runScript('backup', ['restore', folder], { COORD_DATA_DIR: dataDir })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not empty'),
  });
});

test('a backup without an engine is taken too; one that is not whole is refused, and leaves nothing', async () => {
  const { process: engine } = await startEngine();
  await engine.stop();
  const root = await temporaryFolder();
  const [folder, target] = [join(root, 'b'), join(root, 'data')];
  const settings = { COORD_DATA_DIR: target };
  expect(await runScript('backup', ['backup', folder], { COORD_DATA_DIR: engine.dataDir ?? '' })).toMatchObject({ code: 0, stderr: '' });
  await appendFile(join(folder, 'postgres/global/1262'), 'x');
  const damaged = await runScript('backup', ['restore', folder], settings);
  expect(damaged).toMatchObject({ code: 1, stderr: expect.stringContaining('global/1262 is not as it was written') });
  expect(await readdir(target)).toEqual([]);
  await rm(join(folder, 'coord-backup.json'));
  expect(await runScript('backup', ['restore', folder], settings)).toMatchObject({ code: 1, stderr: expect.stringContaining('no complete backup') });
});

test.each([
  ['without a folder', ['backup'], {}, 'which folder'],
  ['with a database that is not the embedded one', ['backup', 'x'], { DATABASE_URL: 'postgres://127.0.0.1/x' }, 'pg_dump'],
])('%s nothing is done', async (_, args, settings: Record<string, string>, said) => {
  expect(await runScript('backup', args, settings)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
