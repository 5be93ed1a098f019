import type { AppendOutcome } from '../event-store';
import type { EncodedAppend } from './append-call';
import { Gatherer } from './gather';

/** Records calls; each answers when the test says so. */
function setUp(reach = async (): Promise<void> => {}) {
  const calls: { streams: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const gatherer = new Gatherer(
    (appends) => {
      if (appends.some(({ stream }) => stream === 'endless')) throw new RangeError('Invalid string length');
      let answer = (): void => {};
      let fail = (_: Error): void => {};
      const outcomes = new Promise<AppendOutcome[]>((resolve, reject) => {
        answer = () => resolve(appends.map((_, n) => ({ outcome: 'appended', revision: n, position: n })));
        fail = reject;
      });
      calls.push({ streams: appends.map(({ stream }) => stream), answer, fail });
      return { answer: outcomes, sent: () => true, withdraw: () => false };
    },
    reach,
    60_000,
  );
  const add = (stream: string, events = 1, bytes = 100): Promise<AppendOutcome> => gatherer.add(encoded(stream, events, bytes));
  return { gatherer, add, calls, streams: () => calls.map((call) => call.streams) };
}

function encoded(stream: string, events: number, bytes: number): EncodedAppend {
  return {
    stream,
    expected: -2,
    events: Array.from({ length: events }, () => ({ id: '', type: '', data: '{}', metadata: '{}' })),
    bytes,
    source: [],
  };
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('the gatherer', () => {
  it('sends what comes together in one call, and what comes meanwhile in the next', async () => {
    const { add, calls, streams } = setUp();
    const first = Promise.all([add('a'), add('b')]);
    await settled();
    const second = Promise.all([add('c'), add('d'), add('e')]);
    calls[0]?.answer();
    await first;
    await settled();
    calls[1]?.answer();
    await second;
    expect(streams()).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('has a stream in a call once, and keeps the order of its appends', async () => {
    const { add, calls, streams } = setUp();
    const all = Promise.all([add('a'), add('a'), add('b'), add('a')]);
    for (const n of [0, 1, 2]) {
      await settled();
      calls[n]?.answer();
    }
    await all;
    expect(streams()).toEqual([['a', 'b'], ['a'], ['a']]);
  });

  it('bounds the events and the bytes of a call, and sends alone what is larger than a call may be', async () => {
    const { add, calls, streams } = setUp();
    const all = Promise.all([add('a', 400), add('b', 400), add('c', 2, 3e6), add('d', 2, 3e6), add('e', 900)]);
    for (const n of [0, 1, 2, 3]) {
      await settled();
      calls[n]?.answer();
    }
    await all;
    expect(streams()).toEqual([['a', 'c'], ['b', 'd'], ['e']]);
  });

  it('halves a call that is refused, until what is refused is alone', async () => {
    const { add, calls, streams } = setUp();
    const all = Promise.allSettled(['a', 'b', 'poison', 'd'].map((stream) => add(stream)));
    for (let n = 0; n < 5; n += 1) {
      await settled();
      const call = calls[n];
      if (call?.streams.includes('poison')) call.fail(new Error('refused'));
      else call?.answer();
    }
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(streams()).toEqual([['a', 'b', 'poison', 'd'], ['a', 'b'], ['poison', 'd'], ['poison'], ['d']]);
  });

  it('refuses what no call can be made of, and goes on with the rest', async () => {
    const { add, calls, streams } = setUp();
    const all = Promise.allSettled([add('a'), add('endless')]);
    await settled();
    calls[0]?.answer();
    expect(await all).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: expect.any(RangeError) }]);
    const next = add('b');
    await settled();
    calls[1]?.answer();
    await next;
    expect(streams()).toEqual([['a'], ['b']]);
  });

  it('sends nothing before the server can be reached', async () => {
    const sent: number[] = [];
    const { add, calls } = setUp(async () => {
      sent.push(calls.length);
      if (sent.length === 1) throw new Error('out of reach');
    });
    const first = add('a');
    while (calls.length === 0) await settled();
    calls[0]?.answer();
    await first;
    expect(sent).toEqual([0, 0]);
  });

  it('fails what waits when it closes', async () => {
    const { gatherer, add, calls } = setUp();
    const first = add('a');
    await settled();
    const second = add('b');
    gatherer.close();
    await expect(second).rejects.toMatchObject({ outcome: 'none' });
    calls[0]?.answer();
    await expect(first).resolves.toMatchObject({ outcome: 'appended' });
    await expect(add('c')).rejects.toMatchObject({ outcome: 'none' });
  });
});
