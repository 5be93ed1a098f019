import { createDatabase, type TestDatabase } from '../../test/support/database';
import { newEvent } from './contract/harness';
import type { EventStore, NewEvent, RecordedEvent } from './event-store';
import { PostgresEventStore } from './postgres/postgres-event-store';
import { upcasting } from './upcasting';
import type { Upcaster } from './upcasts';

let database: TestDatabase;
let log: EventStore;
beforeEach(async () => {
  database = await createDatabase();
  log = await PostgresEventStore.open({ url: database.url });
});
afterEach(async () => {
  await log.close();
  await database.drop();
});

const UPCASTERS: Upcaster[] = [
  { type: 'Paid', schema: 1, upcast: ({ amount }) => ({ amount, currency: 'EUR' }) },
  { type: 'Paid', schema: 2, upcast: ({ amount, currency }) => ({ total: { amount: amount ?? null, currency: currency ?? null } }) },
  { type: 'MoneySent', schema: 1, becomes: 'Paid', upcast: ({ cents }) => ({ amount: Number(cents) / 100 }) },
];

const old = (type: string, data: NewEvent['data'], schema = 1): NewEvent => {
  const event = newEvent(data);
  return { ...event, type, metadata: { ...event.metadata, schema } };
};
const shown = (events: readonly RecordedEvent[]) => events.map(({ type, data, metadata: { schema } }) => ({ type, data, schema }));
const latest = (amount: number) => ({ type: 'Paid', data: { total: { amount, currency: 'EUR' } }, schema: 3 });

async function onOldEvents(): Promise<EventStore> {
  const events = [
    old('Paid', { amount: 1 }),
    old('Paid', { amount: 2, currency: 'EUR' }, 2),
    old('MoneySent', { cents: 300 }),
    old('Other', { n: 1 }),
  ];
  await log.append([{ stream: 's', expected: 'none', events }]);
  return upcasting(log, UPCASTERS);
}

test('every way to read goes through all steps up to the latest version; the log stays as it is', async () => {
  const store = await onOldEvents();
  const expected = [latest(1), latest(2), latest(3), { type: 'Other', data: { n: 1 }, schema: 1 }];
  expect(shown(await store.readStream('s'))).toEqual(expected);
  expect(shown((await store.readAll({ after: 0 })).events)).toEqual(expected);
  const end = new AbortController();
  for await (const { events } of store.subscribe({ after: 0, signal: end.signal })) {
    expect(shown(events)).toEqual(expected);
    end.abort();
  }
  expect(shown(await log.readStream('s'))[2]).toEqual({ type: 'MoneySent', data: { cents: 300 }, schema: 1 });
});

test('a filter by type also finds what becomes one, and not what is none any more', async () => {
  const store = await onOldEvents();
  const found = async (...types: string[]) => shown((await store.readAll({ after: 0, filter: { types } })).events);
  expect(await found('Paid')).toEqual([latest(1), latest(2), latest(3)]);
  expect(await found('MoneySent')).toEqual([]);
});

test('what is written is of the latest version, and read as it was written', async () => {
  const store = await onOldEvents();
  await store.append([{ stream: 't', expected: 'none', events: [old('Paid', latest(4).data), old('Other', {})] }]);
  const expected = [latest(4), { type: 'Other', data: {}, schema: 1 }];
  expect(shown(await log.readStream('t'))).toEqual(expected);
  expect(shown(await store.readStream('t'))).toEqual(expected);
});

test('without upcasters there is nothing in between', () => {
  expect(upcasting(log, [])).toBe(log);
});

test.each<[string, Upcaster[]]>([
  ['take the same version', [UPCASTERS[0] as Upcaster, UPCASTERS[0] as Upcaster]],
  ['go round', ['A', 'B'].map((type) => ({ type, schema: 1, becomes: type === 'A' ? 'B' : 'A', upcast: (data) => data }))],
])('those that %s are refused', (_, upcasters) => {
  expect(() => upcasting(log, upcasters)).toThrow(TypeError);
});
