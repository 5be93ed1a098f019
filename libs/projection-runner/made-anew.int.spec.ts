import type { RestoredEvent } from '@coord/event-store/index';
import type { Projection } from './projection';
import { journal, paid, totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';
import { verify } from './verify';

jest.setTimeout(60_000);
let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.close());

const EVENTS = 30_000;

/** A log to be brought in. @param amounts of some of the payments, by their place */
async function* imported(amounts: Record<number, string> = {}): AsyncGenerator<RestoredEvent[]> {
  const event = (n: number): RestoredEvent => ({ ...paid(`account ${n % 7}`, amounts[n]), stream: 's', revision: n });
  for (let from = 0; from < EVENTS; from += 2_000) yield Array.from({ length: 2_000 }, (_, n) => event(from + n));
}

const oid = async (schema: string): Promise<unknown> => (await scene.sql`select oid from pg_namespace where nspname = ${schema}`)[0]?.oid;
const right = async (...projections: Projection[]): Promise<void> => {
  for (const projection of projections)
    expect(await verify({ store: scene.store, databaseUrl: scene.url, projection })).toMatchObject({
      position: await scene.store.head(),
      same: true,
    });
};

it('read models that are at the beginning of a long log are made anew, and fed from there on', async () => {
  const { group, logged } = scene.instance([totals(), journal()]);
  const readModels = scene.readModels(['totals', 'journal']);
  group.onAdvance(readModels);
  await eventually(() => group.health().projections.every(({ position }) => position === 0));
  const before = await oid('totals');
  await scene.store.restore(imported());
  await readModels.caughtUp({ timeoutMs: 30_000 });
  expect(await oid('totals')).not.toBe(before);
  await scene.pay(10);
  await readModels.caughtUp();
  expect(await scene.entries('journal')).toEqual({ all: EVENTS + 10, different: EVENTS + 10 });
  await right(totals(), journal());
  expect(logged).toEqual([]);
});

it('one that can not be made stops at its event, as ever, and the others are there', async () => {
  const { group } = scene.instance([totals(), journal()]);
  await eventually(() => group.health().projections.every(({ position }) => position === 0));
  await scene.store.restore(imported({ 25000: 'much' }));
  await eventually(() => group.health().projections.some(({ error }) => error !== null));
  await scene.applied('journal');
  expect(group.health().projections).toMatchObject([
    { name: 'totals', position: 25_000, error: expect.stringContaining('Event 25001') },
    { error: null },
  ]);
  expect(await scene.entries('totals')).toEqual({ all: 25_000, different: 25_000 });
  await right(journal());
});

it('where one is further, those that are new are fed beside it: it does not wait for them', async () => {
  const first = scene.instance([journal()]);
  await scene.store.restore(imported());
  await scene.applied('journal');
  await first.leadership.stop();
  const before = await oid('journal');
  scene.instance([totals(), journal()]);
  await scene.applied('totals');
  expect(await oid('journal')).toBe(before);
  await right(totals(), journal());
});

it('ends at once with the leadership, and begins anew with the next', async () => {
  let begun = false;
  const slow: Projection = {
    ...journal(),
    async project(events, target) {
      begun = true;
      await target.sql`select pg_sleep(0.5)`;
      await journal().project(events, target);
    },
  };
  await scene.store.restore(imported());
  const first = scene.instance([slow]);
  await eventually(() => begun);
  await first.leadership.stop();
  expect(await scene.entries('journal')).toEqual({ all: 0, different: 0 });
  scene.instance([journal()]);
  await scene.applied('journal');
  await right(journal());
});
