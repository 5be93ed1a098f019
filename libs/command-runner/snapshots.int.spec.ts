import { until } from '../../test/support/until';
import { Bench } from './testing/bench';
import { sell } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const sellOnce = async (count: number, stream: string, { runner } = bench.runner()) => {
  for (let i = 0; i < count; i += 1) await runner.run(sell(stream));
};
const snapshotOf = (stream: string) => until('the stream has a snapshot', () => bench.store.loadSnapshot(stream));

test('a long stream is read from its snapshot on', async () => {
  const stream = bench.stream();
  await sellOnce(15, stream);
  const { revision } = await snapshotOf(stream);
  const cold = bench.runner();
  expect(await cold.runner.run(sell(stream))).toMatchObject({ answer: { body: 16 } });
  expect(cold.store.reads).toEqual([{ stream, from: revision + 1 }]);
});

test('a process that lives shortly counts on from the last snapshot, or from the start', async () => {
  const stream = bench.stream();
  for (let life = 0; life < 4; life += 1) await sellOnce(3, stream);
  expect((await snapshotOf(stream)).revision).toBe(9);
  for (let life = 0; life < 4; life += 1) await sellOnce(3, stream);
  // at 19, or a little later where a process came before that one was saved
  await until('the snapshot has moved on', async () => ((await bench.store.loadSnapshot(stream))?.revision ?? 0) >= 19);
});

test('a snapshot of another shape is ignored', async () => {
  const stream = bench.stream();
  await sellOnce(3, stream);
  await bench.store.saveSnapshot({ stream, revision: 2, schema: 2, state: { state: { sold: 50 }, keys: [] } });
  expect(await bench.runner().runner.run(sell(stream))).toMatchObject({ answer: { body: 4 } });
});

test('a snapshot that can not be saved is told, and the command is answered', async () => {
  const stream = bench.stream();
  const { runner, store } = bench.runner();
  store.saveSnapshot = () => Promise.reject(new Error('full'));
  await sellOnce(11, stream, { runner, store });
  expect(bench.backgroundErrors).toEqual([new Error('full')]);
});
