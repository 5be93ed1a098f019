import { StoreUnavailable } from '@coord/event-store/index';
import { Bench } from './testing/bench';
import { booth, look, sell, TICKETS, task, under } from './testing/tickets';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const bodies = (outcomes: readonly unknown[]) => outcomes.map((outcome) => (outcome as { answer: { body: unknown } }).answer.body);

describe('what gathers while an append is under way', () => {
  test('goes out as one append, decided in its order', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    const first = store.holdNext();
    const one = runner.run(sell(stream));
    await first.begun;
    const others = numbers(2, 40).map(() => runner.run(sell(stream)));
    const before = bench.appended.length;
    first.release();
    expect(bodies(await Promise.all([one, ...others]))).toEqual(numbers(1, 40));
    expect(store.appends.map(([append]) => append?.events.length)).toEqual([1, 39]);
    expect(bench.appended.slice(before).map(({ events }) => events)).toEqual([1, 39]);
  });
  test('carries one expected revision', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    await Promise.all([runner.run(sell(stream)), runner.run(sell(stream)), runner.run(sell(stream))]);
    expect(store.appends.map(([append]) => append?.expected)).toEqual(['none', 0]);
  });
  test('goes out as several where it is large, in its order', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    const megabyte = 'x'.repeat(1_000_000);
    const large = numbers(1, 12).map(() => runner.run(sell(stream, megabyte)));
    const small = numbers(13, 300).map(() => runner.run(sell(stream)));
    const outcomes = await Promise.all([...large, ...small]);
    expect(bodies(outcomes.slice(0, TICKETS))).toEqual(numbers(1, TICKETS));
    for (const outcome of outcomes.slice(TICKETS)) expect(outcome).toHaveProperty('problem');
    expect(store.appends.map(([append]) => append?.events.length)).toEqual([1, 5, 5, 89, 0]);
  });
  test('is as large as its answers are, where they are kept under keys', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    const largeAnswer = (n: number) => ({ ...sell(stream, 'A', under(`k${n}`)), answer: () => ({ status: 201, body: 'x'.repeat(3_000_000) }) });
    await Promise.all(numbers(1, 5).map((n) => runner.run(largeAnswer(n))));
    expect(store.appends.map(([append]) => append?.events.length)).toEqual([1, 2, 2]);
  });
  test('of other streams does not wait', async () => {
    const { runner, store } = bench.runner();
    const held = store.holdNext();
    const stuck = runner.run(sell(bench.stream()));
    await held.begun;
    expect(bodies([await runner.run(sell(bench.stream()))])).toEqual([1]);
    held.release();
    await stuck;
  });
});

describe('no answer leaves before the append is durable:', () => {
  test('not of a write, and not of a refusal that rests on it', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    await Promise.all(numbers(1, TICKETS - 1).map(() => runner.run(sell(stream))));
    const last = store.holdNext();
    const answered: string[] = [];
    const bought = runner.run(sell(stream)).then(() => answered.push('bought'));
    await last.begun;
    const refused = runner.run(sell(stream)).then((outcome) => answered.push('problem' in outcome ? 'refused' : 'sold twice'));
    await runner.run(sell(bench.stream())); // time for a round trip
    expect(answered).toEqual([]);
    last.release();
    await Promise.all([bought, refused]);
    expect(answered).toEqual(['bought', 'refused']);
  });
  test('and none leaves when it fails, nor does what gathered behind rest on it', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    store.refuseNext();
    const [lost, next] = await Promise.allSettled([runner.run(sell(stream)), runner.run(sell(stream))]);
    expect(lost).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
    expect(next).toMatchObject({ status: 'fulfilled', value: { answer: { body: 1 } } });
  });
  test('nothing that gathered is tried where the store is away, which took its time: it would wait as long again', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    store.refuseNext(1_100);
    const outcomes = await Promise.allSettled(numbers(1, 600).map(() => runner.run(sell(stream))));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable', outcome: 'none' } });
    expect(store.appends).toHaveLength(1);
    expect(bodies([await runner.run(sell(stream))])).toEqual([1]);
  });
  test('an append of unknown outcome is not built upon: the stream is read again', async () => {
    const { runner, store } = bench.runner();
    const stream = bench.stream();
    store.loseNextAnswer();
    await expect(runner.run(sell(stream))).rejects.toMatchObject({ outcome: 'unknown' });
    expect(bodies([await runner.run(sell(stream))])).toEqual([2]);
    expect(await bench.sold(stream)).toEqual([1, 2]);
  });
});

describe('another instance on the same store', () => {
  test('that writes first has the chain decided again', async () => {
    const [{ runner, store }, other] = [bench.runner(), bench.runner()];
    const stream = bench.stream();
    store.beforeNext(() => other.runner.run(sell(stream)));
    expect(bodies(await Promise.all([runner.run(sell(stream)), runner.run(sell(stream))]))).toEqual([2, 3]);
  });
  test('makes even a refusal be decided again', async () => {
    const [{ runner, store }, other] = [bench.runner(), bench.runner()];
    const stream = bench.stream();
    await Promise.all(numbers(1, TICKETS - 1).map(() => runner.run(sell(stream))));
    store.beforeNext(() => other.runner.run(sell(stream)));
    expect(await runner.run(sell(stream))).toMatchObject({ problem: { problem: 'invalid-request' }, wrote: false });
  });
  test('is read from where the cached state ends', async () => {
    const [{ runner, store }, other] = [bench.runner(), bench.runner()];
    store.hasTurns = false; // it would come with a turn
    const stream = bench.stream();
    await runner.run(sell(stream));
    await other.runner.run(sell(stream));
    await runner.run(sell(stream));
    expect(store.reads.map(({ from }) => from)).toEqual([0, 1]);
  });
  test('never sells what this one sold, however they fight', async () => {
    const runners = [bench.runner().runner, bench.runner().runner];
    const stream = bench.stream();
    const outcomes = await Promise.all(numbers(1, TICKETS + 20).map((i) => runners[i % 2]?.run(sell(stream))));
    const sold = outcomes.flatMap((outcome) => (outcome && 'answer' in outcome ? [outcome.answer.body as number] : []));
    expect(sold.sort((a, b) => a - b)).toEqual(numbers(1, TICKETS));
    expect(await bench.sold(stream)).toEqual(numbers(1, TICKETS));
  });
});

test('a stream is read anew where the log may have lost its end: others may have written at the same revisions', async () => {
  const [here, there] = [bench.runner(), bench.runner()];
  const stream = bench.stream();
  await here.runner.run(sell(stream, 'A', under('key')));
  await bench.lose(stream);
  await there.runner.run(sell(stream, 'B'));
  expect(bodies([await here.runner.run(sell(stream, 'A', under('key')))])).toEqual([2]);
});

test('a decider that throws fails its own command alone', async () => {
  const { runner } = bench.runner();
  const stream = bench.stream();
  const [before, bug, after] = await Promise.allSettled([
    runner.run(sell(stream)),
    runner.run(task(stream, { type: 'Fail' })),
    runner.run(sell(stream)),
  ]);
  expect(bug).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
  expect([before, after]).toMatchObject([{ value: { answer: { body: 1 } } }, { value: { answer: { body: 2 } } }]);
});

test('an outcome carries the position of its events, and a look that of the log', async () => {
  const { runner } = bench.runner();
  const stream = bench.stream();
  const { position } = await runner.run(sell(stream));
  expect(position).toBe((await bench.store.readStream(stream))[0]?.position);
  expect((await runner.run(look(stream))).position).toBe(await bench.store.head());
});

test('an event says who, when, why and whose project', async () => {
  const { runner } = bench.runner();
  const stream = bench.stream();
  await runner.run(sell(stream, 'A', { project_key: 'p', intended_at: '2026-05-01T00:00:00.000Z' }));
  const [event] = await bench.store.readStream(stream);
  expect(event?.metadata).toEqual({
    ...{ actor: 'A', at: '2026-05-12T12:00:00.000Z', project_key: 'p', causation_id: 'request', correlation_id: 'request', schema: 1 },
    intended_at: '2026-05-01T00:00:00.000Z',
  });
});

test('observing shows what another instance wrote, and writes nothing', async () => {
  const [{ runner }, other] = [bench.runner(), bench.runner()];
  const stream = bench.stream();
  expect(await runner.observe(booth, stream)).toMatchObject({ state: { sold: 0 } });
  await other.runner.run(sell(stream));
  const seen = await runner.observe(booth, stream);
  expect(seen).toEqual({ state: { sold: 1 }, position: await bench.store.head() });
  expect(await bench.store.readStream(stream)).toHaveLength(1);
});
