import { call } from '../support/calls';
import { createDatabase, type TestDatabase } from '../support/database';
import { type EngineOptions, startEngine, stopEngines } from '../support/engine';
import { writeAll } from '../support/outages';
import { runScript } from '../support/script';
import { until } from '../support/until';

jest.setTimeout(120_000);
const databases: TestDatabase[] = [];
afterAll(async () => {
  await stopEngines();
  for (const database of databases) await database.drop();
});

const another = async (): Promise<string> => {
  databases.push(await createDatabase());
  return databases.at(-1)?.url ?? '';
};

const exported = async (url: string): Promise<string> => (await fetch(`${url}/api/coord/history/export`)).text();
/** The events in their order, without their places in this or that log. */
const eventsOf = (log: string): object[] =>
  log
    .trimEnd()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), position: undefined }));

/** An engine with a past of some hundred events, none of which is followed by another with time. */
async function withAPast(options: EngineOptions = {}) {
  const engine = await startEngine(options);
  for (let n = 0; n < 60; n += 1) await writeAll(engine.url, `part-${n % 7}-${n}`);
  return engine;
}

async function moved(log: string, options: EngineOptions) {
  const engine = await startEngine(options);
  const request = { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: log };
  const answer = await fetch(`${engine.url}/api/coord/admin/import`, request);
  expect([answer.status, await answer.json()]).toMatchObject([200, { events: eventsOf(log).length }]);
  await until('the read models have followed', async () => (await call(engine.url, 'GET', '/status')).status === 200, 30_000);
  return engine;
}

/** What `projections:verify` says: a line with the hash of each read model. */
async function hashes(settings: Record<string, string>): Promise<string> {
  const { code, stdout } = await runScript('projections', ['verify'], settings);
  expect([code, stdout]).toEqual([0, expect.stringContaining('as rebuilt')]);
  return stdout;
}

test('from the embedded Postgres to another one: the same log to the byte, the same read models', async () => {
  const from = await withAPast();
  const databaseUrl = await another();
  const log = await exported(from.url);
  const to = await moved(log, { databaseUrl });
  expect(await exported(to.url)).toBe(log);
  expect(await hashes({ DATABASE_URL: databaseUrl })).toBe(await hashes({ COORD_DATA_DIR: from.process.dataDir ?? '' }));
  expect((await writeAll(to.url, 'after')).map(({ status }) => status)).toEqual([201, 200, 201]);
});

const eventStoreUrl = process.env.EVENTSTORE_URL;
(eventStoreUrl ? test : test.skip)('from Postgres to EventStoreDB (EVENTSTORE_URL): the same events in the same order', async () => {
  const from = await withAPast({ databaseUrl: await another(), env: { EVENTSTORE_URL: '' } });
  const databaseUrl = await another();
  const env = { EVENTSTORE_URL: eventStoreUrl ?? '' };
  const log = await exported(from.url);
  const to = await moved(log, { databaseUrl, env });
  expect(eventsOf(await exported(to.url))).toEqual(eventsOf(log));
  await hashes({ DATABASE_URL: databaseUrl, ...env });
  const board = async (url: string) => (await call(url, 'GET', '/components?project_key=p')).body;
  expect(await board(to.url)).toEqual(await board(from.url));
});
