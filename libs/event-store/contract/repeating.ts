import type { ExpectedRevision, StreamAppend } from '../event-store';
import { type Context, freshStream, ids, newEvent, newEvents, write } from './harness';

/** How an append whose outcome is unknown is resolved: it is sent again with the same ids and the same expected revision. */
export function repeating(context: Context): void {
  const expectations: [name: string, expected: ExpectedRevision, before: number][] = [
    ['none', 'none', 0],
    ['a revision', 1, 2],
    ['any, of a new stream', 'any', 0],
    ['any, of a stream that exists', 'any', 2],
  ];

  describe.each(expectations)('expecting %s', (_, expected, before) => {
    async function appendOnce(): Promise<StreamAppend> {
      const append = { stream: freshStream(), expected, events: newEvents(3) };
      if (before > 0) await write(context.store, append.stream, newEvents(before));
      return append;
    }

    it('succeeds with the answer of the first time, and writes nothing', async () => {
      const append = await appendOnce();
      const first = await context.store.append([append]);
      expect(await context.store.append([append])).toEqual(first);
      expect(await context.store.readStream(append.stream)).toHaveLength(before + 3);
    });

    it('does so when others have written on top', async () => {
      const append = await appendOnce();
      const first = await context.store.append([append]);
      await write(context.store, append.stream, newEvents(2));
      expect(await context.store.append([append])).toEqual(first);
      expect(await context.store.readStream(append.stream)).toHaveLength(before + 5);
    });

    it('writes once when it is sent many times at once, by several stores', async () => {
      const append = await appendOnce();
      const other = await context.harness.open();
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? other : context.store).append([append])));
      await other.close();
      expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
      expect(outcomes[0]).toMatchObject([{ outcome: 'appended', revision: before + 2 }]);
      expect(await context.store.readStream(append.stream)).toHaveLength(before + 3);
    });
  });

  it('goes together with appends that are new', async () => {
    const known = { stream: freshStream(), expected: 'none', events: newEvents(2) } as const;
    const [first] = await context.store.append([known]);
    const fresh = { stream: freshStream(), expected: 'none', events: newEvents(2) } as const;
    const [again, outcome] = await context.store.append([known, fresh]);
    expect(again).toEqual(first);
    expect(outcome).toMatchObject({ outcome: 'appended', revision: 1 });
  });

  it('is a conflict when only a part is there', async () => {
    const stream = freshStream();
    const known = newEvent();
    await context.store.append([{ stream, expected: 'none', events: [known] }]);
    const outcomes = await context.store.append([{ stream, expected: 'none', events: [known, newEvent()] }]);
    expect(outcomes).toMatchObject([{ outcome: 'conflict', revision: 0 }]);
    expect(ids(await context.store.readStream(stream))).toEqual([known.id]);
  });

  it('is a conflict for other events at the same revision', async () => {
    const stream = freshStream();
    await context.store.append([{ stream, expected: 'none', events: newEvents(2) }]);
    expect(await context.store.append([{ stream, expected: 'none', events: newEvents(2) }])).toMatchObject([{ outcome: 'conflict', revision: 1 }]);
  });
}
