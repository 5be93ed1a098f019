import { Bench } from './testing/bench';
import { booth, sell } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

/** A sale in a stream that is never long. */
const sellShortly = (stream: string) => ({ ...sell(stream), decider: { ...booth, snapshot: undefined } });

/** A sale in a stream whose state holds the buyer's name, of so many bytes. */
const sellTo = (stream: string, bytes: number) => {
  const evolve: typeof booth.evolve = (state, { data }) => ({ ...booth.evolve(state, { type: 'TicketSold', data }), last: data.to });
  return { ...sell(stream, 'x'.repeat(bytes)), decider: { ...booth, evolve, snapshot: undefined } };
};
const some = (count: number): string[] => Array.from({ length: count }, () => bench.stream());

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

test('streams with large states are forgotten before there are many of them', async () => {
  const { runner, store } = bench.runner({ bytes: 1_000_000 });
  const streams = some(20);
  for (const stream of streams) await runner.run(sellTo(stream, 100_000));
  store.reads.length = 0;
  for (const stream of streams.reverse()) await runner.run(sellTo(stream, 100_000));
  expect(store.reads.length).toBeGreaterThanOrEqual(11);
  expect(store.reads.length).toBeLessThan(20);
});

test('many streams with small states stay at hand', async () => {
  const { runner, store } = bench.runner({ bytes: 100_000 });
  const streams = some(100);
  for (const stream of [...streams, ...streams]) await runner.run(sellTo(stream, 10));
  expect(store.reads).toHaveLength(100);
});

test('a stream counts as large as its state is, not as what led to it', async () => {
  const { runner, store } = bench.runner({ bytes: 500_000 });
  const [other = '', ...changing] = some(4);
  await runner.run(sellTo(other, 10));
  for (const stream of changing) for (let i = 0; i < 20; i += 1) await runner.run(sellTo(stream, 20_000));
  await runner.run(sellTo(other, 10));
  expect(store.reads).toHaveLength(4);
});

test('a stream that is larger than the room for all stays at hand while it is used', async () => {
  const { runner, store } = bench.runner({ bytes: 100_000 });
  const stream = bench.stream();
  for (let i = 0; i < 3; i += 1) await runner.run(sellTo(stream, 200_000));
  expect(store.reads).toHaveLength(1);
});

/** Two sales in a stream. While the first is being written, one in another stream takes the place that it would rest in. */
async function sellTwice({ runner, store }: ReturnType<typeof bench.runner>, stream: string) {
  const held = store.holdNext();
  const first = runner.run(sell(stream));
  await held.begun;
  await runner.run(sell(bench.stream()));
  const second = runner.run(sell(stream));
  held.release();
  return Promise.all([first, second]);
}

test('a stream that writes is not forgotten: what comes meanwhile has the same writer', async () => {
  const { runner, store } = bench.runner({ long: 1 });
  const stream = bench.stream();
  await sellTwice({ runner, store }, stream);
  expect(store.reads.filter((read) => read.stream === stream)).toHaveLength(1);
});

test('a stream that is pushed out while it writes loses and doubles nothing', async () => {
  const stream = bench.stream();
  expect(await sellTwice(bench.runner({ long: 1, short: 1 }), stream)).toMatchObject([{ wrote: true }, { wrote: true }]);
  expect(await bench.sold(stream)).toEqual([1, 2]);
});
