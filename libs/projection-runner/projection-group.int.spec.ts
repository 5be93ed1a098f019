import { moveCheckpoints } from './checkpoints';
import { targetOf } from './projection-schema';
import { ReadModelBehind } from './read-models';
import { rebuild } from './rebuild';
import { Session } from './session';
import { journal, paid, totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';
import { verify } from './verify';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

it('applies every event once to every projection', async () => {
  scene.instance([totals(), journal()], { batchSize: 7 });
  for (let n = 0; n < 20; n++) await scene.pay(5);
  await scene.applied('totals');
  await scene.applied('journal');
  expect(await scene.sql`select * from totals.totals`).toEqual([{ account: 'alice', total: '100', events: '100' }]);
  expect(await scene.entries('journal')).toEqual({ all: 100, different: 100 });
});

it('applies a batch once whose transaction was killed in the middle', async () => {
  const { group } = scene.instance([totals()]);
  await eventually(() => group.health().projections[0]?.position === 0);
  await scene.sql.begin(async (blocking) => {
    await blocking`lock table totals.totals in exclusive mode`;
    await scene.pay(10);
    await eventually(async () => (await scene.waitingForLock('coord feeds read models')).length > 0);
    const [pid] = await scene.waitingForLock('coord feeds read models');
    await scene.sql`select pg_terminate_backend(${pid ?? 0})`;
  });
  await scene.applied('totals');
  expect(await scene.entries('totals')).toEqual({ all: 10, different: 10 });
});

it('goes on where another instance stopped', async () => {
  const first = scene.instance([totals()]);
  await scene.pay(10);
  await scene.applied('totals');
  await first.leadership.stop();
  await scene.pay(10);
  scene.instance([totals()]);
  await scene.applied('totals');
  expect(await scene.entries('totals')).toEqual({ all: 20, different: 20 });
});

it('applies nothing as a leader that was paused while another one led, and starts over', async () => {
  const paused = scene.instance([totals()]);
  await eventually(() => paused.group.health().projections[0]?.position === 0);
  const other = new Session({ databaseUrl: scene.url, applicationName: 'other leader' });
  await other.transaction(async (sql) => {
    await sql`lock table projection.checkpoints in exclusive mode`;
    const head = await scene.pay(10);
    await eventually(async () => (await scene.waitingForLock('coord feeds read models')).length > 0);
    const { events } = await scene.store.readAll({ after: 0 });
    await totals().project(events, targetOf(sql, 'totals'));
    await moveCheckpoints(sql, new Map([['totals', head]]));
  });
  await other.end();
  await eventually(() => paused.logged.some(({ fields }) => 'err' in fields && fields.err instanceof Error && fields.err.name === 'CheckpointMoved'));
  await scene.pay(5);
  await scene.applied('totals');
  expect(await scene.entries('totals')).toEqual({ all: 15, different: 15 });
});

it('sees what others have committed when it has waited for them, whatever transactions are by default', async () => {
  await scene.sql.unsafe(
    `do $$ begin execute format('alter database %I set default_transaction_isolation = serializable', current_database()); end $$`,
  );
  const session = new Session({ databaseUrl: scene.url, applicationName: 'any' });
  const readModels = scene.readModels([]);
  const isolations = await Promise.all([session.transaction((sql) => sql`show transaction_isolation`), readModels.sql`show transaction_isolation`]);
  await session.end();
  expect(isolations.flat().map(({ transaction_isolation }) => transaction_isolation)).toEqual(['read committed', 'read committed']);
});

describe('an event that can not be applied', () => {
  let instance: ReturnType<Scene['instance']>;

  beforeEach(async () => {
    await scene.pay(20);
    await scene.pay(1, 'bob', [paid('bob', 'a lot')]);
    await scene.pay(20);
    instance = scene.instance([totals(), journal()]);
    await scene.applied('journal');
    await eventually(() => instance.group.health().projections[0]?.error !== null);
  });

  it('stops its projection before it, with an error that names it', () => {
    expect(instance.group.health()).toEqual({
      leading: true,
      projections: [
        {
          name: 'totals',
          position: 20,
          error: `Event 21 (Paid, revision 0 of account-bob) can't be applied: invalid input syntax for type bigint: "a lot"`,
        },
        { name: 'journal', position: 41, error: null },
      ],
    });
  });

  it('does not hold back the other projections', async () => {
    await scene.pay(5);
    await scene.applied('journal');
    expect(await scene.entries('journal')).toEqual({ all: 46, different: 46 });
  });

  it('is tried again at the next start', async () => {
    await instance.leadership.stop();
    const repaired = { ...totals(), project: journal().project };
    scene.instance([repaired, journal()]);
    await scene.applied('totals');
    expect(await scene.entries('totals')).toEqual({ all: 41, different: 41 });
  });
});

describe('a log that was put back to an earlier state, under read models that were not', () => {
  const options = () => ({ store: scene.store, databaseUrl: scene.url });
  const errors = ({ group }: ReturnType<Scene['instance']>) => group.health().projections.map(({ error }) => error);

  beforeEach(async () => {
    const first = scene.instance([totals()]);
    await scene.pay(10);
    await scene.applied('totals');
    await first.leadership.stop();
    await scene.sql.unsafe(`
      alter table log.events disable trigger append_only;
      delete from log.events where position > 8;
      alter table log.events enable always trigger append_only`);
  });

  it('stops what holds events that it has lost, also when it has grown again, until that is made anew', async () => {
    const readModels = scene.readModels(['totals']);
    expect(await readModels.caughtUp()).toBe(10);
    const second = scene.instance([totals(), journal()]);
    await eventually(() => errors(second)[0] !== null);
    expect(errors(second)).toEqual([expect.stringContaining('"npm run projections:rebuild -- totals"'), null]);
    await expect(readModels.caughtUp({ timeoutMs: 200 })).rejects.toThrow(ReadModelBehind);
    await scene.pay(10);
    await second.leadership.stop();
    const third = scene.instance([totals(), journal()]);
    await eventually(() => errors(third)[0] !== null);
    await third.leadership.stop();

    expect(await rebuild({ ...options(), projection: totals() })).toMatchObject({ position: 18, events: 18 });
    const fourth = scene.instance([totals(), journal()]);
    await scene.pay(2);
    await scene.applied('totals');
    expect(errors(fourth)).toEqual([null, null]);
    expect(await scene.entries('totals')).toEqual({ all: 20, different: 20 });
    expect(await readModels.caughtUp()).toBe(20);
  });

  it('is not read for ever for the sake of the events that it has lost', async () => {
    await expect(verify({ ...options(), projection: totals() })).rejects.toThrow('ends at position 8, before 10');
    expect(await rebuild({ ...options(), projection: totals() })).toMatchObject({ position: 8, events: 8 });
    expect(await verify({ ...options(), projection: totals() })).toMatchObject({ position: 8, same: true });
  });

  it('is waited for a while, should it be a replica that is late', async () => {
    const late = Object.assign(Object.create(scene.store), { head: () => Promise.resolve(8) });
    const { group } = scene.instance([totals()], { store: late });
    await eventually(() => group.health().leading);
    late.head = () => Promise.resolve(10);
    await eventually(() => group.health().projections[0]?.position === 10);
    expect(group.health().projections[0]?.error).toBeNull();
  });
});

it('stops a projection whose tables can not be made, and only that one', async () => {
  const { group } = scene.instance([{ ...totals(), migrations: `${__dirname}/nowhere` }, journal()]);
  await scene.pay(5);
  await scene.applied('journal');
  expect(group.health().projections.map(({ error }) => error)).toEqual([expect.stringContaining("Its tables can't be made"), null]);
});

it('lets a new projection catch up, and then go with the others', async () => {
  const before = scene.instance([totals()]);
  for (let n = 0; n < 5; n++) await scene.pay(1_000);
  await scene.applied('totals');
  await before.leadership.stop();
  const { group } = scene.instance([totals(), journal()]);
  await scene.pay(5);
  await scene.applied('totals');
  await scene.applied('journal');
  await scene.pay(5);
  await scene.applied('journal');
  expect(await scene.entries('journal')).toEqual({ all: 5_010, different: 5_010 });
  expect(await scene.entries('totals')).toEqual({ all: 5_010, different: 5_010 });
  expect(group.health().projections.map(({ error }) => error)).toEqual([null, null]);
});
