import { call } from '../support/calls';
import { createDatabase, type TestDatabase } from '../support/database';
import { stopEngines } from '../support/engine';
import { eventsOf, exported, hashesOf, moved, withAPast } from '../support/moving';
import { writeAll } from '../support/outages';

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

test('from the embedded Postgres to another one: the same log to the byte, the same read models', async () => {
  const from = await withAPast();
  const databaseUrl = await another();
  const log = await exported(from.url);
  const to = await moved(log, { databaseUrl });
  expect(await exported(to.url)).toBe(log);
  expect(await hashesOf({ DATABASE_URL: databaseUrl })).toBe(await hashesOf({ COORD_DATA_DIR: from.process.dataDir ?? '' }));
  expect((await writeAll(to.url, 'after')).map(({ status }) => status)).toEqual([201, 200, 201]);
});

// On a double of the server: test/eventstoredb/engine.e2e.spec.ts
const eventStoreUrl = process.env.EVENTSTORE_URL;
(eventStoreUrl ? test : test.skip)('from Postgres to EventStoreDB (EVENTSTORE_URL): the same events in the same order', async () => {
  const from = await withAPast({ databaseUrl: await another(), env: { EVENTSTORE_URL: '' } });
  const databaseUrl = await another();
  const env = { EVENTSTORE_URL: eventStoreUrl ?? '' };
  const log = await exported(from.url);
  const to = await moved(log, { databaseUrl, env });
  expect(eventsOf(await exported(to.url))).toEqual(eventsOf(log));
  await hashesOf({ DATABASE_URL: databaseUrl, ...env });
  const board = async (url: string) => (await call(url, 'GET', '/components?project_key=p')).body;
  expect(await board(to.url)).toEqual(await board(from.url));
});
