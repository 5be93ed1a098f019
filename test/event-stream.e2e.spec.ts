import { call, listAll } from './support/calls';
import { createDatabase, type TestDatabase } from './support/database';
import { type Engine, startEngine, stopEngines } from './support/engine';
import { EventReader } from './support/event-source';
import { until } from './support/until';

jest.setTimeout(60_000);

let database: TestDatabase;
let engines: [Engine, Engine];

beforeAll(async () => {
  database = await createDatabase();
  engines = [await startEngine({ databaseUrl: database.url }), await startEngine({ databaseUrl: database.url })];
});
afterAll(async () => {
  await stopEngines();
  await database.drop();
});

const QUERY = { project_key: 'p', type: 'ComponentUpdated' };
const write = (url: string, n: number) =>
  call(url, 'PUT', '/components', { body: { project_key: 'p', component: `c${n % 5}`, state: String(n), updated_by: 'A' } });
const inLog = async (url: string): Promise<number[]> =>
  (await listAll<{ position: number }>(url, '/history?project_key=p&type=ComponentUpdated')).map(({ position }) => position);

test('a stream shows what is written on any instance', async () => {
  const readers = await Promise.all(engines.map(({ url }) => EventReader.open(url, QUERY)));
  for (let n = 0; n < 20; n += 1) await write(engines[n % 2]?.url ?? '', n);
  const expected = await inLog(engines[0].url);
  await Promise.all(readers.map((reader) => reader.has(expected.length)));
  expect(readers.map(({ ids }) => ids)).toEqual([expected, expected]);
  for (const reader of readers) reader.leave();
});

test('a reader goes on where it was after its engine was killed, on another one and on the same when it is back', async () => {
  const [first, other] = engines;
  const seen: number[] = await inLog(other.url);
  let reader = await EventReader.open(first.url, QUERY, seen.at(-1));
  let written = 20;
  let writing = true;
  const writer = (async () => {
    while (writing) await write(other.url, written++);
  })();
  await reader.has(5);
  await first.process.kill('SIGKILL');
  await until('the stream has broken', () => reader.ended);
  seen.push(...reader.ids);

  reader = await EventReader.open(other.url, QUERY, seen.at(-1));
  await reader.has(5);
  reader.leave();
  seen.push(...reader.ids);

  engines[0] = await startEngine({ databaseUrl: database.url });
  reader = await EventReader.open(engines[0].url, QUERY, seen.at(-1));
  await reader.has(5);
  writing = false;
  await writer;
  const expected = await inLog(other.url);
  await until('it has come to the end', () => reader.ids.at(-1) === expected.at(-1));
  seen.push(...reader.ids);
  reader.leave();
  expect(seen).toEqual(expected);
});

test('an engine that is told to stop ends its streams', async () => {
  const reader = await EventReader.open(engines[1].url);
  expect(await engines[1].process.stop()).toEqual({ code: 0, signal: null });
  await until('the stream has ended', () => reader.ended);
  expect(reader.broken).toBe(false);
});
