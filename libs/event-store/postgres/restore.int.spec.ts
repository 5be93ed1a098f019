import postgres from 'postgres';
import { createDatabase, type TestDatabase } from '../../../test/support/database';
import { TcpProxy } from '../../../test/support/tcp-proxy';
import { freshStream, newEvent, newEvents, readOn, write } from '../contract/harness';
import type { RestoredEvent } from '../event-store';
import { PostgresEventStore } from './postgres-event-store';

let database: TestDatabase;
let store: PostgresEventStore;
beforeEach(async () => {
  database = await createDatabase();
  store = await PostgresEventStore.open({ url: database.url });
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const restored = (stream: string, revision: number, more: object = {}): RestoredEvent => ({
  ...newEvent({ n: revision }),
  stream,
  revision,
  ...more,
});

async function* pagesOf(events: readonly RestoredEvent[], size = 3) {
  for (let from = 0; from < events.length; from += size) yield events.slice(from, from + size);
}

const interleaved = () => Array.from({ length: 20 }, (_, n) => restored(`s-${n % 3}`, Math.floor(n / 3)));

test('an empty log has every event afterwards, in the order given', async () => {
  const events = interleaved();
  expect(await store.restore(pagesOf(events))).toEqual({ events: 20, position: 20 });
  expect(await readOn(store, 0)).toEqual(events.map((event, index) => ({ ...event, position: index + 1 })));
});

test('streams go on where they were', async () => {
  await store.restore(pagesOf(interleaved()));
  const [outcome] = await store.append([{ stream: 's-0', expected: 6, events: newEvents(1) }]);
  expect(outcome).toEqual({ outcome: 'appended', revision: 7, position: 21 });
});

test('who follows the log is told', async () => {
  const abort = new AbortController();
  const pages = store.subscribe({ after: 0, signal: abort.signal })[Symbol.asyncIterator]();
  const next = pages.next();
  await store.restore(pagesOf(interleaved()));
  expect((await next).value.events).toHaveLength(20);
  abort.abort();
});

test('a log that is not empty stays as it is', async () => {
  await write(store, freshStream(), newEvents(2));
  await expect(store.restore(pagesOf(interleaved()))).rejects.toMatchObject({ name: 'LogNotEmpty', events: 2 });
  expect(await store.head()).toBe(2);
});

const same = newEvent();
test.each<[string, RestoredEvent[], object]>([
  ['an id that is there', [restored('a', 0, same), restored('a', 1), restored('b', 0), restored('b', 1, same)], { ordinal: 4, reason: /same id/ }],
  ['a place that is taken', [restored('a', 0), restored('a', 0)], { ordinal: 2, reason: /same stream and revision/ }],
  ['a revision that is missing', [restored('a', 0), restored('b', 0), restored('a', 2)], { ordinal: 3, reason: /revision 2 of the stream a / }],
  ['a stream without its beginning', [restored('a', 0), restored('b', 1)], { ordinal: 2, reason: /revision 1 of the stream b / }],
  ['revisions against the order', [restored('a', 1), restored('a', 0)], { ordinal: 1, reason: /revision 1 of the stream a / }],
])('%s is refused, and nothing is written', async (_, events, { ordinal, reason }: { ordinal?: number; reason?: RegExp }) => {
  await expect(store.restore(pagesOf(events))).rejects.toMatchObject({
    name: 'RestoreRefused',
    ordinal,
    reason: expect.stringMatching(reason ?? '') as string,
  });
  expect(await store.head()).toBe(0);
  expect(await store.restore(pagesOf(interleaved()))).toMatchObject({ events: 20 });
});

test('what ends in the middle leaves nothing', async () => {
  async function* broken() {
    yield interleaved();
    throw new Error('broken off');
  }
  await expect(store.restore(broken())).rejects.toThrow('broken off');
  expect(await store.head()).toBe(0);
});

test('who appends meanwhile does not come in between', async () => {
  let appending: Promise<unknown> = Promise.resolve();
  async function* meanwhile() {
    yield* pagesOf(interleaved());
    appending = store.append([{ stream: 's-0', expected: 'none', events: newEvents(1) }]);
    appending.catch(() => undefined);
    yield [restored('late', 0)];
  }
  expect(await store.restore(meanwhile())).toEqual({ events: 21, position: 21 });
  expect(await appending).toEqual([{ outcome: 'conflict', revision: 6, position: 21 }]);
});

test('a connection that is lost in the middle leaves nothing, and nothing is written on the next one', async () => {
  const { hostname, port } = new URL(database.url);
  const proxy = await TcpProxy.to({ host: hostname, port: Number(port) });
  const url = new URL(database.url);
  Object.assign(url, { hostname: '127.0.0.1', port: String(proxy.port) });
  const behind = await PostgresEventStore.open({ url: url.href });
  async function* cut() {
    yield interleaved();
    yield [restored('between', 0)];
    proxy.cut();
    yield [restored('later', 0)];
    yield [restored('last', 0)];
  }
  await expect(behind.restore(cut())).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'none' });
  await behind.close();
  await proxy.close();
  expect(await store.head()).toBe(0);
});

test('the log is made as it was: columns, constraints, triggers and what others may do with it', async () => {
  const sql = postgres(database.url, { max: 1 });
  const made = async () => [
    await sql`select attname, atttypid, attnotnull, attstorage from pg_attribute where attrelid = 'log.events'::regclass and attnum > 0 order by attnum`,
    await sql`select conname, contype, pg_get_constraintdef(oid) as def from pg_constraint where conrelid = 'log.events'::regclass order by 1`,
    await sql`select indexname, indexdef from pg_indexes where schemaname = 'log' order by 1`,
    await sql`select tgname, tgenabled, pg_get_triggerdef(oid) as def from pg_trigger where tgrelid = 'log.events'::regclass`,
    await sql`select relname, relacl::text from pg_class where oid = 'log.events'::regclass`,
  ];
  await sql`grant select on log.events to public`;
  const before = await made();
  await store.restore(pagesOf(interleaved()));
  expect(await made()).toEqual(before);
  await expect(sql`delete from log.events`).rejects.toThrow('append-only');
  await sql.end();
});

test('who reads meanwhile sees an empty log, and then all of it', async () => {
  const heads = new Set<number>();
  async function* slowly() {
    for await (const page of pagesOf(interleaved())) {
      heads.add(await store.head());
      yield page;
    }
  }
  await store.restore(slowly());
  heads.add(await store.head());
  expect([...heads]).toEqual([0, 20]);
});
