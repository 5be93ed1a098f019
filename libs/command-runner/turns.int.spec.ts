import { Bench } from './testing/bench';
import { sell } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Two runners as two processes would have them; the first has just met a conflict at the stream, and has sold two of three tickets. */
async function contended() {
  const [{ runner, store }, other] = [bench.runner(), bench.runner()];
  const stream = bench.stream();
  await runner.run(sell(stream));
  store.beforeNext(() => other.runner.run(sell(stream)));
  await runner.run(sell(stream));
  return { runner, store, stream, other };
}

test('a stream that nobody else writes to costs no turn', async () => {
  const { runner, store } = bench.runner();
  const stream = bench.stream();
  for (const _ of numbers(1, 5)) await Promise.all([runner.run(sell(stream)), runner.run(sell(stream))]);
  expect(store.turns).toEqual([]);
});

test('from the first conflict on the turn is taken, which shows what others wrote: one append and no other read', async () => {
  const { runner, store, stream, other } = await contended();
  await other.runner.run(sell(stream));
  const before = { appends: store.appends.length, reads: store.reads.length, conflicts: store.conflicts };
  expect(await runner.run(sell(stream))).toMatchObject({ answer: { body: 5 } });
  expect(store).toMatchObject({ conflicts: before.conflicts, appends: { length: before.appends + 1 }, reads: { length: before.reads } });
  expect(store.turns.at(-1)).toEqual({ stream, known: 2, had: true });
});

test('writers that fight for a stream seldom meet a conflict, and sell nothing twice', async () => {
  const runners = [bench.runner(), bench.runner()];
  const stream = bench.stream();
  const sold: unknown[] = [];
  const seller = async ({ runner }: (typeof runners)[number]) => {
    for (const _ of numbers(1, 50)) {
      const outcome = await runner.run(sell(stream));
      if ('answer' in outcome) sold.push(outcome.answer.body);
    }
  };
  await Promise.all(runners.map(seller));
  expect(sold.map(Number).sort((a, b) => a - b)).toEqual(numbers(1, 100));
  expect(await bench.sold(stream)).toEqual(numbers(1, 100));
  // a disk that stands still for a while takes the turns away, and then they race: every second append conflicts
  const stores = runners.map(({ store }) => store);
  expect(stores.some(({ turns }) => turns.some(({ had }) => had))).toBe(true);
  expect(stores.reduce((sum, { conflictsInTurn }) => sum + conflictsInTurn, 0)).toBeLessThan(20);
});

test('what comes while the turn is waited for goes with the same append', async () => {
  const { runner, store, stream } = await contended();
  const held = await bench.store.takeTurn(stream, 2);
  const first = runner.run(sell(stream));
  const others = numbers(1, 9).map(() => runner.run(sell(stream)));
  held?.giveBack();
  await Promise.all([first, ...others]);
  expect(store.appends.at(-1)).toMatchObject([{ expected: 2, events: { length: 10 } }]);
});

test('a holder that stands still holds nobody up for long, and then no turn is asked for', async () => {
  const { runner, store, stream, other } = await contended();
  const before = store.turns.length;
  await bench.store.takeTurn(stream, 2);
  expect(await runner.run(sell(stream))).toMatchObject({ answer: { body: 4 } });
  store.beforeNext(() => other.runner.run(sell(stream)));
  expect(await runner.run(sell(stream))).toMatchObject({ answer: { body: 6 } });
  expect(store.turns.slice(before)).toEqual([{ stream, known: 2, had: false }]);
});

test('turns end when others write no more', async () => {
  const { runner, store, stream } = await contended();
  for (const _ of numbers(1, 10)) await runner.run(sell(stream));
  const { length } = store.turns;
  expect(length).toBeLessThan(10);
  await runner.run(sell(stream));
  expect(store.turns).toHaveLength(length);
});

test('an append in a turn whose outcome is unknown is not built upon: the stream is read again', async () => {
  const { runner, store, stream } = await contended();
  store.loseNextAnswer();
  await expect(runner.run(sell(stream))).rejects.toMatchObject({ outcome: 'unknown' });
  expect(await runner.run(sell(stream))).toMatchObject({ answer: { body: 5 } });
  expect(await bench.sold(stream)).toEqual(numbers(1, 5));
});
