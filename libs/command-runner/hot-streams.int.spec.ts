import { Bench } from './testing/bench';
import { booth, sell } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

/** A sale in a stream that is never long. */
const sellShortly = (stream: string) => ({ ...sell(stream), decider: { ...booth, snapshot: undefined } });

test('the state of a stream that was used stays at hand: it is read once', async () => {
  const { runner, store } = bench.runner();
  const stream = bench.stream();
  for (let i = 0; i < 5; i += 1) await runner.run(sell(stream));
  expect(store.reads).toEqual([{ stream, from: 0 }]);
});

test('what was used longest ago goes first, and is read again', async () => {
  const { runner, store } = bench.runner({ long: 2, short: 1 });
  const [one, two, three] = [bench.stream(), bench.stream(), bench.stream()];
  for (const stream of [one, two, one, three, one, two]) await runner.run(sell(stream));
  expect(store.reads.map(({ stream }) => stream)).toEqual([one, two, three, two]);
});

test('many short streams do not push out a long one', async () => {
  const { runner, store } = bench.runner({ long: 1, short: 2 });
  const long = bench.stream();
  await runner.run(sell(long));
  for (let i = 0; i < 5; i += 1) await runner.run(sellShortly(bench.stream()));
  await runner.run(sell(long));
  expect(store.reads.filter(({ stream }) => stream === long)).toHaveLength(1);
});

test('a stream that is pushed out while it writes loses and doubles nothing', async () => {
  const { runner, store } = bench.runner({ long: 1, short: 1 });
  const stream = bench.stream();
  const held = store.holdNext();
  const first = runner.run(sell(stream));
  await held.begun;
  await runner.run(sell(bench.stream()));
  const second = runner.run(sell(stream));
  held.release();
  expect(await Promise.all([first, second])).toMatchObject([{ wrote: true }, { wrote: true }]);
  expect(await bench.sold(stream)).toEqual([1, 2]);
});
