import type { AppendOutcome } from '../event-store';
import { type Context, freshStream, ids, newEvent, newEvents, write } from './harness';

export function appending(context: Context): void {
  describe('to a stream that must not exist', () => {
    it('writes its first events, numbered from 0', async () => {
      const stream = freshStream();
      const events = newEvents(3);
      const [outcome] = await context.store.append([{ stream, expected: 'none', events }]);
      const written = await context.store.readStream(stream);
      expect(ids(written)).toEqual(ids(events));
      expect(written.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(outcome).toEqual({ outcome: 'appended', revision: 2, position: written[2]?.position });
    });

    it('is a conflict when it exists, and says its revision', async () => {
      const stream = freshStream();
      const { position } = await write(context.store, stream, newEvents(2));
      const [outcome] = await context.store.append([{ stream, expected: 'none', events: newEvents(1) }]);
      expect(outcome).toMatchObject({ outcome: 'conflict', revision: 1 });
      expect(outcome?.position).toBeGreaterThanOrEqual(position);
      expect(await context.store.readStream(stream)).toHaveLength(2);
    });
  });

  describe('to a stream at a revision', () => {
    it('writes when it is there', async () => {
      const stream = freshStream();
      await write(context.store, stream, newEvents(2));
      expect(await context.store.append([{ stream, expected: 1, events: newEvents(2) }])).toMatchObject([{ outcome: 'appended', revision: 3 }]);
    });

    it.each([
      ['behind', 0],
      ['ahead', 5],
    ])('is a conflict when the expectation is %s, and writes nothing', async (_, expected) => {
      const stream = freshStream();
      await write(context.store, stream, newEvents(3));
      expect(await context.store.append([{ stream, expected, events: newEvents(2) }])).toMatchObject([{ outcome: 'conflict', revision: 2 }]);
      expect(await context.store.readStream(stream)).toHaveLength(3);
    });

    it('is a conflict at revision -1 when there is no stream', async () => {
      const outcomes = await context.store.append([{ stream: freshStream(), expected: 0, events: newEvents(1) }]);
      expect(outcomes).toMatchObject([{ outcome: 'conflict', revision: -1 }]);
    });
  });

  it('writes without an expectation whether the stream exists or not', async () => {
    const stream = freshStream();
    expect(await context.store.append([{ stream, expected: 'any', events: newEvents(1) }])).toMatchObject([{ outcome: 'appended', revision: 0 }]);
    expect(await context.store.append([{ stream, expected: 'any', events: newEvents(2) }])).toMatchObject([{ outcome: 'appended', revision: 2 }]);
  });

  it('has one winner when many expect the same revision', async () => {
    const stream = freshStream();
    const other = await context.harness.open();
    const stores = Array.from({ length: 16 }, (_, n) => (n % 2 ? other : context.store));
    const outcomes = await Promise.all(stores.map((store) => store.append([{ stream, expected: 'none', events: [newEvent()] }])));
    await other.close();
    expect(outcomes.flat().filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    expect(await context.store.readStream(stream)).toHaveLength(1);
  });

  it('of nothing checks the expected revision', async () => {
    const [none, exact, stale, any] = [freshStream(), freshStream(), freshStream(), freshStream()];
    for (const stream of [exact, stale]) await write(context.store, stream, newEvents(2));
    const outcomes = await context.store.append([
      { stream: none, expected: 'none', events: [] },
      { stream: exact, expected: 1, events: [] },
      { stream: stale, expected: 0, events: [] },
      { stream: any, expected: 'any', events: [] },
    ]);
    expect(outcomes.map(({ outcome, revision }) => [outcome, revision])).toEqual([
      ['appended', -1],
      ['appended', 1],
      ['conflict', 1],
      ['appended', -1],
    ]);
    expect(await context.store.readStream(exact)).toHaveLength(2);
  });

  describe('to many streams', () => {
    it('gives each its own outcome, in the order given, and a conflict costs the others nothing', async () => {
      const streams = Array.from({ length: 40 }, () => freshStream());
      const taken = new Set(streams.filter((_, n) => n % 7 === 3));
      for (const stream of taken) await write(context.store, stream, newEvents(1));
      const outcomes = await context.store.append(streams.map((stream) => ({ stream, expected: 'none', events: newEvents(3) })));
      const expected = streams.map((stream): AppendOutcome['outcome'] => (taken.has(stream) ? 'conflict' : 'appended'));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(expected);
      const lengths = await Promise.all(streams.map(async (stream) => (await context.store.readStream(stream)).length));
      expect(lengths).toEqual(streams.map((stream) => (taken.has(stream) ? 1 : 3)));
    });

    it('answers none for none', async () => {
      expect(await context.store.append([])).toEqual([]);
    });

    it('refuses a stream that is named twice, and writes nothing', async () => {
      const stream = freshStream();
      const append = { stream, expected: 'any', events: newEvents(1) } as const;
      await expect(context.store.append([append, { ...append, events: newEvents(1) }])).rejects.toThrow(TypeError);
      expect(await context.store.readStream(stream)).toEqual([]);
    });
  });
}
