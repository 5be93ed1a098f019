import { ReadModelBehind } from './read-models';
import { journal, totals } from './testing/accounts';
import { eventually, Scene } from './testing/scene';

const BOTH = ['totals', 'journal'];
let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

describe.each([
  ['in the process of the leader', true],
  ['in another process', false],
])('%s', (_, told) => {
  const open = () => {
    const instance = scene.instance([totals(), journal()]);
    const readModels = scene.readModels(BOTH);
    if (told) instance.group.onAdvance(readModels);
    return { ...instance, readModels };
  };

  it('answers from a read model that holds all that was written before', async () => {
    const { readModels } = open();
    for (let n = 1; n <= 50; n++) {
      const written = await scene.pay(1);
      const { result, position } = await readModels.read((sql) => sql<{ events: string }[]>`select events from totals.totals`);
      expect(position).toBeGreaterThanOrEqual(written);
      expect(result).toEqual([{ events: String(n) }]);
    }
  });

  it('waits for a position that the log has yet to reach', async () => {
    const { readModels } = open();
    await scene.pay(1);
    const waiting = readModels.caughtUp({ atLeast: 3 });
    await scene.pay(2);
    expect(await waiting).toBe(3);
  });

  it('gives up on a position that is never reached, and says how far the read models are', async () => {
    const { readModels } = open();
    await scene.pay(1);
    await readModels.caughtUp();
    const waiting = readModels.caughtUp({ atLeast: 99, of: ['totals'], timeoutMs: 100 });
    await expect(waiting).rejects.toEqual(new ReadModelBehind(99, { totals: 1 }));
  });

  it('forgets how far the read models were when its connection is lost', async () => {
    const { readModels } = open();
    await scene.pay(3);
    await readModels.caughtUp();
    await scene.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name in ('coord projections', 'coord feeds read models', 'coord read models')`;
    await scene.pay(3);
    const { result } = await readModels.read((sql) => sql<{ total: string }[]>`select total from totals.totals`);
    expect(result).toEqual([{ total: '6' }]);
  });
});

it('waits for the named read models only', async () => {
  scene.instance([totals()]);
  await scene.pay(1);
  const readModels = scene.readModels(BOTH);
  expect(await readModels.caughtUp({ of: ['totals'] })).toBe(1);
  await expect(readModels.caughtUp({ timeoutMs: 100 })).rejects.toThrow('Read models are behind position 1: totals at 1, journal at unknown.');
});

it('is behind as long as no leader has ever run, also on an empty log', async () => {
  await expect(scene.readModels(BOTH).caughtUp({ timeoutMs: 100 })).rejects.toThrow(ReadModelBehind);
});

it('does not believe that a read model is where it was before its commits were lost', async () => {
  const instance = scene.instance([totals()]);
  const readModels = scene.readModels(['totals']);
  instance.group.onAdvance(readModels);
  await scene.pay(3);
  await readModels.caughtUp();
  await instance.leadership.stop();
  await scene.sql`update projection.checkpoints set position = 1`;
  await expect(readModels.caughtUp({ timeoutMs: 100 })).rejects.toEqual(new ReadModelBehind(3, { totals: 1 }));
});

it('does not believe what it saw of a read model before its commits were lost, when the answer comes after', async () => {
  const { leadership } = scene.instance([totals()]);
  await scene.pay(3);
  await scene.applied('totals');
  await leadership.stop();
  const slow = await scene.sql.reserve();
  await slow`alter table projection.checkpoints rename to as_written`;
  await slow`create view projection.checkpoints as select w.* from projection.as_written w, (select pg_advisory_lock_shared(7) offset 0) slowly`;
  await slow`select pg_advisory_lock(7)`;
  const readModels = scene.readModels(['totals']);
  const waiting = expect(readModels.caughtUp({ timeoutMs: 500 })).rejects.toEqual(new ReadModelBehind(3, { totals: 1 }));
  await eventually(async () => (await scene.waitingForLock('coord read models')).length === 1);
  await slow`update projection.as_written set position = 1`;
  readModels.forget();
  await slow`select pg_advisory_unlock(7)`;
  slow.release();
  await waiting;
});

it('gives up on a query that hangs', async () => {
  const { group } = scene.instance([totals()]);
  await eventually(() => group.health().leading);
  const readModels = scene.readModels(['totals']);
  await readModels.caughtUp();
  const reading = readModels.read((sql) => sql`select pg_sleep(1)`, { timeoutMs: 100 });
  await expect(reading).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'none' });
});
