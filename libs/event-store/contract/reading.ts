import { type Context, freshStream, ids, newEvents, readOn, write } from './harness';

export function reading(context: Context): void {
  describe('a stream', () => {
    const stream = freshStream();
    beforeAll(() => write(context.store, stream, newEvents(10)));

    const revisions = async (options?: Parameters<Context['store']['readStream']>[1]): Promise<number[]> =>
      (await context.store.readStream(stream, options)).map(({ revision }) => revision);

    it('begins at its start', async () => expect(await revisions()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    it('begins at a revision', async () => expect(await revisions({ from: 7 })).toEqual([7, 8, 9]));
    it('stops at a limit', async () => expect(await revisions({ from: 2, limit: 3 })).toEqual([2, 3, 4]));
    it('is empty beyond its end', async () => expect(await revisions({ from: 10 })).toEqual([]));
    it('goes backwards from its end', async () => expect(await revisions({ direction: 'backwards', limit: 3 })).toEqual([9, 8, 7]));
    it('goes backwards from a revision', async () => expect(await revisions({ direction: 'backwards', from: 2 })).toEqual([2, 1, 0]));
    it('is empty when nobody wrote it', async () => expect(await context.store.readStream(freshStream())).toEqual([]));

    it('is complete when it is long', async () => {
      const long = freshStream();
      const events = newEvents(5_000);
      for (let from = 0; from < events.length; from += 500) await write(context.store, long, events.slice(from, from + 500));
      expect(ids(await context.store.readStream(long))).toEqual(ids(events));
      expect(ids(await context.store.readStream(long, { direction: 'backwards' }))).toEqual(ids(events).reverse());
    });
  });

  describe('the whole log', () => {
    it('begins after a position and goes on from page to page', async () => {
      const after = await context.store.head();
      const events = newEvents(25);
      for (const event of events) await write(context.store, freshStream(), [event]);
      expect(ids(await readOn(context.store, after, 10))).toEqual(ids(events));
    });

    it('gives pages of no more than the limit', async () => {
      const after = await context.store.head();
      await write(context.store, freshStream(), newEvents(5));
      expect((await context.store.readAll({ after, limit: 2 })).events).toHaveLength(2);
    });

    it('gives an empty page at its end, which stays where it is', async () => {
      const after = await context.store.head();
      expect(await context.store.readAll({ after })).toEqual({ events: [], position: after });
    });

    it('keeps the types that a filter names', async () => {
      const after = await context.store.head();
      const stream = freshStream();
      const [kept, left] = [newEvents(2, 'Kept'), newEvents(2, 'Left')];
      await write(context.store, stream, [...kept, ...left]);
      const page = await context.store.readAll({ after, filter: { types: ['Kept', 'Unheard'] } });
      expect(ids(page.events)).toEqual(ids(kept));
    });

    it('keeps the streams that begin with a prefix, taken literally', async () => {
      const after = await context.store.head();
      const [kept, also, left] = [freshStream('a_b%'), freshStream('c\\d'), freshStream('axb')];
      const events = newEvents(3);
      for (const [n, stream] of [kept, also, left].entries()) await write(context.store, stream, events.slice(n, n + 1));
      const page = await context.store.readAll({ after, filter: { streamPrefixes: ['a_b%', 'c\\'] } });
      expect(page.events.map(({ stream }) => stream)).toEqual([kept, also]);
    });

    it('keeps what passes both filters', async () => {
      const after = await context.store.head();
      const [here, there] = [freshStream('here'), freshStream('there')];
      const wanted = newEvents(1, 'Wanted');
      await write(context.store, here, [...wanted, ...newEvents(1, 'Unwanted')]);
      await write(context.store, there, newEvents(1, 'Wanted'));
      const page = await context.store.readAll({ after, filter: { types: ['Wanted'], streamPrefixes: ['here-'] } });
      expect(ids(page.events)).toEqual(ids(wanted));
    });

    it('moves on past what a filter leaves out', async () => {
      const after = await context.store.head();
      const { position } = await write(context.store, freshStream(), newEvents(50));
      const filter = { types: ['NeverWritten'] };
      let page = await context.store.readAll({ after, limit: 10, filter });
      while (page.position < position) page = await context.store.readAll({ after: page.position, limit: 10, filter });
      expect(page.events).toEqual([]);
    });
  });

  describe('the head', () => {
    it('is the position of the last event', async () => {
      const { position } = await write(context.store, freshStream(), newEvents(3));
      expect(await context.store.head()).toBe(position);
    });

    it('never predates its question, also when many ask', async () => {
      const asked = Array.from({ length: 50 }, async () => {
        const { position } = await write(context.store, freshStream(), newEvents(1));
        return (await context.store.head()) >= position;
      });
      expect(await Promise.all(asked)).not.toContain(false);
    });
  });
}
