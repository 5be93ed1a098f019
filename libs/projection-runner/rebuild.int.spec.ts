import { rebuildCommand, verifyCommand } from './commands';
import { hashOf } from './hash';
import type { Projection } from './projection';
import { rebuild } from './rebuild';
import { Session } from './session';
import { journal, totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';
import { verify } from './verify';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

async function hash(schema: string): Promise<string> {
  const session = new Session({ databaseUrl: scene.url, applicationName: 'hash' });
  const result = await session.transaction((sql) => hashOf(sql, schema, totals().tables));
  await session.end();
  return result;
}

const rebuildOf = (projection: Projection) => rebuild({ store: scene.store, databaseUrl: scene.url, projection });

async function schemas(): Promise<string[]> {
  const rows = await scene.sql<{ name: string }[]>`select nspname as name from pg_namespace where nspname like 'totals%' order by 1`;
  return rows.map(({ name }) => name);
}

/** Fails when the rebuild comes to the third page, and does before that what is given. */
function interrupted(before: () => Promise<unknown>): Projection {
  const projection = totals();
  let pages = 0;
  return {
    ...projection,
    async project(events, target) {
      if (++pages === 3) await before();
      await projection.project(events, target);
    },
  };
}

it('makes the same rows again', async () => {
  scene.instance([totals()]);
  for (let n = 0; n < 12; n++) await scene.pay(1_000, `account ${n % 3}`);
  await scene.applied('totals');
  const before = await hash('totals');
  expect(await rebuildOf(totals())).toMatchObject({ name: 'totals', position: 12_000, events: 12_000 });
  expect(await hash('totals')).toBe(before);
  expect(await schemas()).toEqual(['totals']);
});

it('swaps while writers write, the leader leads and readers read', async () => {
  const { group } = scene.instance([totals()]);
  const readModels = scene.readModels(['totals']);
  group.onAdvance(readModels);
  for (let n = 0; n < 3; n++) await scene.pay(1_000);
  let going = true;
  const writing = (async () => {
    let written = 3_000;
    for (; going; written++) {
      await scene.pay(1);
      const { result } = await readModels.read((sql) => sql<{ events: string }[]>`select events from totals.totals`);
      expect(result).toEqual([{ events: String(written + 1) }]);
    }
    return written;
  })();
  for (let n = 0; n < 3; n++) await rebuildOf(totals());
  going = false;
  const written = await writing;
  expect(await scene.entries('totals')).toEqual({ all: written, different: written });
  expect(group.health()).toMatchObject({ leading: true, projections: [{ error: null }] });
});

it('leaves the live read model alone when it is killed, and starts clean the next time', async () => {
  const { leadership } = scene.instance([totals()]);
  for (let n = 0; n < 12; n++) await scene.pay(1_000);
  await scene.applied('totals');
  await leadership.stop();
  const before = await hash('totals');
  const kill = () =>
    scene.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'coord rebuild totals'`;
  await expect(rebuildOf(interrupted(kill))).rejects.toThrow();
  expect(await schemas()).toEqual(['totals', 'totals__rebuild']);
  expect(await hash('totals')).toBe(before);

  await eventually(async () => (await scene.sql`select from pg_stat_activity where application_name = 'coord rebuild totals'`).length === 0);
  await rebuildOf(totals());
  expect(await hash('totals')).toBe(before);
  expect(await schemas()).toEqual(['totals']);
});

it('refuses a second rebuild of the same read model at the same time', async () => {
  scene.instance([totals()]);
  for (let n = 0; n < 12; n++) await scene.pay(1_000);
  await scene.applied('totals');
  let second: Promise<unknown> = Promise.resolve();
  await rebuildOf(
    interrupted(async () => {
      second = rebuildOf(totals());
      await second.catch(() => {});
    }),
  );
  await expect(second).rejects.toThrow('A rebuild or verification of "totals" is under way.');
});

describe('verify', () => {
  const verification = () => verify({ store: scene.store, databaseUrl: scene.url, projection: totals() });

  it('finds a read model right, also one that is behind the log', async () => {
    const { leadership } = scene.instance([totals()]);
    await scene.pay(10);
    await scene.applied('totals');
    await leadership.stop();
    await scene.pay(10);
    expect(await verification()).toMatchObject({ name: 'totals', position: 10, same: true });
    expect(await schemas()).toEqual(['totals']);
  });

  it('finds a row that was tampered with', async () => {
    scene.instance([totals()]);
    await scene.pay(10);
    await scene.applied('totals');
    await scene.sql`update totals.totals set total = 11`;
    const { live, rebuilt, same } = await verification();
    expect(same).toBe(false);
    expect(live).not.toBe(rebuilt);
  });
});

describe('as commands', () => {
  const lines: string[] = [];
  const options = (names: string[]) => ({
    store: scene.store,
    databaseUrl: scene.url,
    projections: [totals(), journal()],
    names,
    print: (line: string) => void lines.push(line),
  });

  beforeEach(async () => {
    lines.length = 0;
    scene.instance([totals(), journal()]);
    await scene.pay(10);
    await scene.applied('totals');
    await scene.applied('journal');
  });

  it('verify all read models, and say which one is not right', async () => {
    expect(await verifyCommand(options([]))).toBe(0);
    await scene.sql`delete from journal.entries where position = 3`;
    expect(await verifyCommand(options([]))).toBe(1);
    expect(lines.at(-2)).toMatch(/^totals: [0-9a-f]{64} at position 10, as rebuilt$/);
    expect(lines.at(-1)).toMatch(/^journal: [0-9a-f]{64} at position 10, but rebuilt it is [0-9a-f]{64}$/);
  });

  it('rebuild those that are named', async () => {
    await scene.sql`delete from journal.entries where position = 3`;
    expect(await rebuildCommand(options(['journal']))).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/^journal: rebuilt from 10 events up to position 10 in \d+\.\d s$/)]);
    expect(await verifyCommand(options(['journal']))).toBe(0);
  });

  it('refuse a name that they do not know', async () => {
    expect(await rebuildCommand(options(['jornal']))).toBe(2);
    expect(lines).toEqual(['Unknown: jornal. There are: totals, journal.']);
  });
});
