import type { EventPage } from '../event-store';
import { type Context, freshStream, ids, newEvents, take, until, write } from './harness';

export function subscribing(context: Context): void {
  let abort: AbortController;
  beforeEach(() => {
    abort = new AbortController();
  });
  afterEach(() => abort.abort());

  it('gives what is there after a position, and then what comes', async () => {
    const after = await context.store.head();
    const stream = freshStream();
    const [before, later] = [newEvents(5), newEvents(5)];
    await write(context.store, stream, before);
    const pages = context.store.subscribe({ after, signal: abort.signal });
    const seen: string[] = [];
    for await (const page of pages) {
      if (seen.length === 0) void write(context.store, stream, later);
      seen.push(...ids(page.events));
      if (seen.length === 10) break;
    }
    expect(seen).toEqual([...ids(before), ...ids(later)]);
  });

  it('tells of what another store writes', async () => {
    const other = await context.harness.open();
    const taking = take(context.store.subscribe({ after: await context.store.head(), signal: abort.signal }), 1);
    const events = newEvents(1);
    await write(other, freshStream(), events);
    const seen = await taking;
    await other.close();
    expect(ids(seen)).toEqual(ids(events));
  });

  it('gives pages of no more than the batch size, and every page moves on', async () => {
    let position = await context.store.head();
    const pages = context.store.subscribe({ after: position, signal: abort.signal, batchSize: 7 });
    const { position: end } = await write(context.store, freshStream(), newEvents(40));
    for await (const page of pages) {
      expect(page.events.length).toBeLessThanOrEqual(7);
      expect(page.position).toBeGreaterThan(position);
      position = page.position;
      if (position >= end) break;
    }
  });

  it('keeps what a filter names', async () => {
    const stream = freshStream('filtered');
    const filter = { types: ['Wanted'], streamPrefixes: ['filtered-'] };
    const taking = take(context.store.subscribe({ after: await context.store.head(), signal: abort.signal, filter }), 3);
    const wanted = newEvents(3, 'Wanted');
    for (const event of wanted) await write(context.store, stream, [...newEvents(2, 'Unwanted'), event]);
    expect(ids(await taking)).toEqual(ids(wanted));
  });

  it('taken up again after what was handled last loses nothing and doubles nothing', async () => {
    let position = await context.store.head();
    const events = newEvents(60);
    const writing = Promise.all(events.map((event) => write(context.store, freshStream(), [event])));
    const seen: string[] = [];
    while (seen.length < events.length) {
      for await (const page of context.store.subscribe({ after: position, signal: abort.signal, batchSize: 4 })) {
        seen.push(...ids(page.events));
        position = page.position;
        break;
      }
    }
    await writing;
    expect(seen.sort()).toEqual(ids(events).sort());
  });

  it('holds nobody up when the reader is slow, and misses nothing', async () => {
    const pages = context.store.subscribe({ after: await context.store.head(), signal: abort.signal, batchSize: 100 })[Symbol.asyncIterator]();
    const first = pages.next();
    const stream = freshStream();
    const events = newEvents(3_000);
    for (let from = 0; from < events.length; from += 300) await write(context.store, stream, events.slice(from, from + 300));
    const seen: EventPage[] = [(await first).value];
    while (seen.reduce((sum, page) => sum + page.events.length, 0) < events.length) seen.push((await pages.next()).value);
    await pages.return?.();
    expect(seen.flatMap((page) => ids(page.events))).toEqual(ids(events));
    expect(Math.max(...seen.map((page) => page.events.length))).toBeLessThanOrEqual(100);
  });

  it('serves many readers alike', async () => {
    const after = await context.store.head();
    const readers = Array.from({ length: 50 }, () => take(context.store.subscribe({ after, signal: abort.signal }), 20));
    const events = newEvents(20);
    for (const event of events) await write(context.store, freshStream(), [event]);
    const seen = await Promise.all(readers);
    expect(new Set(seen.map((all) => ids(all).join())).size).toBe(1);
    expect(ids(seen[0] ?? [])).toEqual(ids(events));
  });

  it('goes on after the connection was lost', async () => {
    const { store, line } = await context.harness.openOverLine();
    const pages = store.subscribe({ after: await store.head(), signal: abort.signal })[Symbol.asyncIterator]();
    for (let turn = 0; turn < 3; turn += 1) {
      const next = pages.next();
      line.cut();
      const events = newEvents(1);
      await write(context.store, freshStream(), events);
      expect(ids((await next).value.events)).toEqual(ids(events));
    }
    await pages.return?.();
    await store.close();
  });

  describe('ends', () => {
    const endless = async (signal: AbortSignal): Promise<void> => {
      await take(context.store.subscribe({ after: await context.store.head(), signal }), Infinity);
    };

    it('when it is aborted while it waits', async () => {
      const reading = endless(abort.signal);
      abort.abort();
      await expect(reading).resolves.toBeUndefined();
    });

    it('when it is aborted between two pages', async () => {
      const after = await context.store.head();
      await write(context.store, freshStream(), newEvents(10));
      let pages = 0;
      for await (const _ of context.store.subscribe({ after, signal: abort.signal, batchSize: 1 })) {
        pages += 1;
        abort.abort();
      }
      expect(pages).toBe(1);
    });

    it('before it begins when it is aborted already', async () => {
      abort.abort();
      await write(context.store, freshStream(), newEvents(1));
      expect(await take(context.store.subscribe({ after: 0, signal: abort.signal }), Infinity)).toEqual([]);
    });

    it('when its store closes', async () => {
      const store = await context.harness.open();
      let ended = false;
      const reading = take(store.subscribe({ after: await store.head(), signal: abort.signal }), Infinity).finally(() => {
        ended = true;
      });
      await store.close();
      await until(async () => ended);
      await expect(reading).resolves.toEqual([]);
    });
  });
}
