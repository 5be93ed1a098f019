import type { Projection } from './projection';
import { rebuildTogether } from './rebuild';
import { journal, paid, totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';
import { verify } from './verify';

let scene: Scene;
beforeEach(async () => {
  scene = await Scene.open();
});
afterEach(() => scene.close());

const indexes = async (schema: string) => [
  ...(await scene.sql<{ name: string; unique: boolean }[]>`
    select c.relname as name, i.indisunique as unique from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = ${schema}::regnamespace order by 1`),
];

/** The journal with an index that only readers need. */
async function journalWithIndex(): Promise<Projection> {
  scene.instance([journal()]);
  await scene.pay(10);
  await scene.applied('journal');
  await scene.sql`create index by_account on journal.entries (account)`;
  return journal();
}

it('takes several through the log in one pass, and gives up only the one that fails', async () => {
  scene.instance([totals(), journal()]);
  for (let n = 0; n < 6; n++) await scene.pay(1_000);
  await scene.applied('totals');
  await scene.applied('journal');
  let reads = 0;
  const store = Object.assign(Object.create(scene.store), {
    readAll: (options: { after: number }) => {
      reads += 1;
      return scene.store.readAll(options);
    },
    head: () => scene.store.head(),
  });
  const fails: Projection = { ...totals(), project: () => Promise.reject(new Error('not this one')) };
  const results = await rebuildTogether({ store, databaseUrl: scene.url, projections: [fails, journal()] });
  expect(results).toEqual([
    { name: 'totals', error: expect.objectContaining({ message: 'not this one' }) },
    { name: 'journal', position: 6_000, events: 6_000, durationMs: expect.any(Number) },
  ]);
  expect(reads).toBe(2);
  for (const projection of [totals(), journal()])
    expect(await verify({ store: scene.store, databaseUrl: scene.url, projection })).toMatchObject({ same: true });
  expect((await scene.sql`select from pg_namespace where nspname like '%\\_\\_%'`).length).toBe(0);
});

it('each ends where its own read model stands', async () => {
  const { leadership, group } = scene.instance([totals(), journal()]);
  await scene.pay(0, 'bob', [paid('bob', '5'), paid('bob', 'not a number'), paid('bob', '5')]);
  await scene.applied('journal');
  await eventually(() => group.health().projections.some(({ error }) => error !== null));
  await leadership.stop();
  const results = await rebuildTogether({ store: scene.store, databaseUrl: scene.url, projections: [totals(), journal()] });
  expect(results).toMatchObject([
    { name: 'totals', position: 1, events: 1 },
    { name: 'journal', position: 3, events: 3 },
  ]);
});

it('an index that is made late is there in the end', async () => {
  const projection = await journalWithIndex();
  await scene.sql`drop index journal.by_account`;
  const folder = scene.folderWith(
    'create table entries (position bigint not null, account text not null); create index by_account on entries (account);',
  );
  const during: unknown[] = [];
  const late: Projection = {
    ...projection,
    migrations: folder,
    lateIndexes: ['by_account'],
    async project(events, target) {
      during.push(...(await indexes('journal__rebuild')));
      await projection.project(events, target);
    },
  };
  const [result] = await rebuildTogether({ store: scene.store, databaseUrl: scene.url, projections: [late] });
  expect(result).toMatchObject({ position: 10 });
  expect(during).toEqual([{ name: 'migrations_pkey', unique: true }]);
  expect(await indexes('journal')).toEqual([
    { name: 'by_account', unique: false },
    { name: 'migrations_pkey', unique: true },
  ]);
});

it('an index that is not there is said to be missing, and nothing is begun', async () => {
  const projection = { ...(await journalWithIndex()), lateIndexes: ['by_acount'] };
  await expect(rebuildTogether({ store: scene.store, databaseUrl: scene.url, projections: [projection] })).rejects.toThrow('no index by_acount');
  expect(await scene.entries('journal')).toEqual({ all: 10, different: 10 });
});
