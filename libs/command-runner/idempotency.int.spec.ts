import { KEY_LIFETIME, KEY_REMEMBERED } from './memory';
import { Bench } from './testing/bench';
import { booth, look, NOON, sell, under } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const typesIn = async (stream: string) => (await bench.store.readStream(stream)).map(({ type }) => type);
const FIRST = { answer: { status: 201, body: 1 } };

describe('a command under a key', () => {
  test('that comes again with the same body gets the first answer and writes nothing', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    expect(await runner.run(sell(stream, 'A', under('k')))).toMatchObject({ ...FIRST, wrote: true });
    await runner.run(sell(stream));
    expect(await runner.run(sell(stream, 'A', under('k')))).toMatchObject({ ...FIRST, wrote: false });
    expect(await bench.sold(stream)).toEqual([1, 2]);
  });
  test('that comes again with another body is refused', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    await runner.run(sell(stream, 'A', under('k')));
    expect(await runner.run(sell(stream, 'A', under('k', 'other')))).toMatchObject({ problem: { problem: 'idempotency-key-reused' } });
  });
  test('ten times at once is one write with ten equal answers, also on two instances', async () => {
    const runners = [bench.runner().runner, bench.runner().runner];
    const stream = bench.stream();
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => runners[i % 2]?.run(sell(stream, 'A', under('k')))));
    for (const outcome of outcomes) expect(outcome).toMatchObject(FIRST);
    expect(outcomes.filter((outcome) => outcome?.wrote)).toHaveLength(1);
    expect(await bench.sold(stream)).toEqual([1]);
  });
  test('that changes nothing is remembered all the same, with its answer', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    expect(await runner.run(look(stream, under('k')))).toMatchObject({ answer: { status: 200, body: 0 } });
    await runner.run(sell(stream));
    expect(await runner.run(sell(stream, 'A', under('k')))).toMatchObject({ answer: { status: 200, body: 0 } });
    expect(await typesIn(stream)).toEqual([KEY_REMEMBERED, 'TicketSold']);
  });
  test('that was refused is not remembered', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    await Promise.all(Array.from({ length: 100 }, () => runner.run(sell(stream))));
    expect(await runner.run(sell(stream, 'A', under('k')))).toMatchObject({ problem: { problem: 'invalid-request' } });
    expect(await runner.run(look(stream, under('k', 'other')))).toMatchObject({ answer: { status: 200 } });
  });
  test('is forgotten when it is a day old, and then remembered for another day', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    const at = (hours: number, body = 'body') => runner.run(sell(stream, 'A', under('k', body, NOON + hours * 3_600_000)));
    expect(await at(0)).toMatchObject(FIRST);
    expect(await at(23.9)).toMatchObject(FIRST);
    expect(await at(24, 'other')).toMatchObject({ answer: { body: 2 } });
    expect(await at(47.9, 'other')).toMatchObject({ answer: { body: 2 } });
    expect(await bench.sold(stream)).toEqual([1, 2]);
  });
  test('whose append had an unknown outcome finds its answer when it is tried again', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    store.loseNextAnswer();
    await expect(runner.run(sell(stream, 'A', under('k')))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(await runner.run(sell(stream, 'A', under('k')))).toMatchObject({ ...FIRST, wrote: false });
    expect(await bench.sold(stream)).toEqual([1]);
  });
});

describe('a runner that starts cold knows the keys of the stream', () => {
  test('from its events', async () => {
    const stream = bench.stream();
    await bench.runner().runner.run(sell(stream, 'A', under('k')));
    expect(await bench.runner().runner.run(sell(stream, 'A', under('k')))).toMatchObject({ ...FIRST, wrote: false });
  });
  test('from its snapshot', async () => {
    const stream = bench.stream();
    const { runner } = bench.runner();
    await runner.run(sell(stream, 'A', under('k')));
    for (let i = 0; i < 12; i += 1) await runner.run(sell(stream));
    const cold = bench.runner();
    expect(await cold.runner.run(sell(stream, 'A', under('k')))).toMatchObject({ ...FIRST, wrote: false });
    expect(cold.store.reads[0]?.from).toBeGreaterThan(1);
  });
});

describe('recalling a key', () => {
  const context = (body = 'body') => ({ actor: 'A', now: NOON + 1, project_key: null, correlation_id: null, ...under('k', body) });

  test('tells the first answer, another body, or nothing, and writes nothing', async () => {
    const { runner } = bench.runner();
    const stream = bench.stream();
    expect(await runner.recall(booth, stream, context())).toBeNull();
    await runner.run(sell(stream, 'A', under('k')));
    expect(await runner.recall(booth, stream, context())).toMatchObject(FIRST);
    expect(await runner.recall(booth, stream, context('other'))).toMatchObject({ problem: { problem: 'idempotency-key-reused' } });
    expect(await runner.recall(booth, stream, { ...context(), now: NOON + KEY_LIFETIME })).toBeNull();
    expect(await bench.store.readStream(stream)).toHaveLength(1);
  });
});
