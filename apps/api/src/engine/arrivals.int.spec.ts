import { randomUUID } from 'node:crypto';
import { type EventStore, PostgresEventStore } from '@coord/event-store/index';
import { createDatabase, type TestDatabase } from '../../../../test/support/database';
import { createLog } from '../http/log';
import { Arrivals } from './arrivals';
import type { Awaited } from './watcher';

const LONG = 15_000;
let database: TestDatabase;
let store: EventStore;
let elsewhere: EventStore;
let subscriptions = 0;
let arrivals: Arrivals;

beforeAll(async () => {
  database = await createDatabase();
  store = await PostgresEventStore.open({ url: database.url });
  elsewhere = await PostgresEventStore.open({ url: database.url });
  const subscribe = store.subscribe.bind(store);
  store.subscribe = (options) => {
    subscriptions += 1;
    return subscribe(options);
  };
});
afterAll(async () => {
  await Promise.all([store.close(), elsewhere.close()]);
  await database.drop();
});
beforeEach(() => {
  arrivals = new Arrivals(store, createLog('silent'));
  subscriptions = 0;
});
afterEach(() => arrivals.onModuleDestroy());

const metadata = { actor: null, at: '2026-05-12T12:00:00.000Z', project_key: null, causation_id: null, correlation_id: null, schema: 1 };
const append = (type: string, to = store) =>
  to.append([{ stream: `s-${randomUUID()}`, expected: 'none', events: [{ id: randomUUID(), type, data: {}, metadata }] }]);
const of = (...types: string[]): Awaited => ({ types, matches: () => true });
const staying = () => new AbortController().signal;

test('what is appended is noticed, also on another instance', async () => {
  const watcher = await arrivals.watch(of('Rung'), staying());
  await append('Rung');
  expect(await watcher.next(LONG)).toBe(true);
  await append('Rung', elsewhere);
  expect(await watcher.next(LONG)).toBe(true);
});

test('what comes while its watcher looks elsewhere is told at the next call, once', async () => {
  const watcher = await arrivals.watch(of('Rung'), staying());
  const other = await arrivals.watch(of('Rung'), staying());
  await append('Rung');
  await other.next(LONG);
  expect([await watcher.next(0), await watcher.next(0)]).toEqual([true, false]);
});

test('only what matches is told', async () => {
  const watcher = await arrivals.watch({ types: ['Rung'], matches: () => false }, staying());
  const otherType = await arrivals.watch(of('Other'), staying());
  const any = await arrivals.watch(of('Rung'), staying());
  await append('Rung');
  await any.next(LONG);
  expect([await watcher.next(0), await otherType.next(0)]).toEqual([false, false]);
});

test('of an old type nothing is missed when a new one is waited for', async () => {
  const first = await arrivals.watch(of('First'), staying());
  const appended = append('First');
  const second = await arrivals.watch(of('Second'), staying());
  await Promise.all([appended, append('Second')]);
  expect([await first.next(LONG), await second.next(LONG)]).toEqual([true, true]);
});

test('nothing comes in the time given', async () => {
  const watcher = await arrivals.watch(of('Never'), staying());
  expect(await watcher.next(5)).toBe(false);
});

test('one subscription serves all, and ends with the last of them', async () => {
  const watchers = await Promise.all(Array.from({ length: 50 }, () => arrivals.watch(of('Rung'), staying())));
  await append('Rung');
  for (const watcher of watchers) expect(await watcher.next(LONG)).toBe(true);
  expect(subscriptions).toBe(1);
  for (const watcher of watchers) watcher.end();
  const later = await arrivals.watch(of('Rung'), staying());
  await append('Rung');
  expect(await later.next(LONG)).toBe(true);
  expect(subscriptions).toBe(2);
});

test('whoever hangs up is woken and forgotten', async () => {
  const caller = new AbortController();
  const watcher = await arrivals.watch(of('Never'), caller.signal);
  const waiting = watcher.next(LONG);
  caller.abort();
  expect([await waiting, watcher.over]).toEqual([false, true]);
});

test('when the engine stops all are woken, and whoever comes then does not wait', async () => {
  const watcher = await arrivals.watch(of('Never'), staying());
  const waiting = watcher.next(LONG);
  arrivals.onModuleDestroy();
  expect([await waiting, watcher.over]).toEqual([false, true]);
  expect((await arrivals.watch(of('Never'), staying())).over).toBe(true);
});

describe('looking until there is something', () => {
  const look = (found: number[]) => {
    const looks: number[] = [];
    return { looks, look: async () => looks[looks.push(found[looks.length] ?? 0) - 1] ?? 0 };
  };
  const until = (look: () => Promise<number>, ms: number, signal = staying()) => arrivals.lookUntil(look, (n) => n > 0, of('Rung'), { ms, signal });

  test('looks once where it is there', async () => {
    const { looks, look: one } = look([7]);
    expect([await until(one, LONG), looks]).toEqual([7, [7]]);
  });

  test('looks again when something came, be it while it looked', async () => {
    let looks = 0;
    const found = await until(async () => {
      looks += 1;
      await append('Rung');
      return looks === 3 ? 3 : 0;
    }, LONG);
    expect(found).toBe(3);
  });

  test('looks a last time when patience ends', async () => {
    const { looks, look: one } = look([0, 0]);
    expect([await until(one, 5), looks]).toEqual([0, [0, 0]]);
  });

  test('does not look for a caller who has hung up', async () => {
    const caller = new AbortController();
    let looks = 0;
    const found = until(
      async () => {
        looks += 1;
        caller.abort();
        return 0;
      },
      LONG,
      caller.signal,
    );
    expect([await found, looks]).toEqual([0, 1]);
  });
});
