import type { EventStore, RecordedEvent } from '../event-store';
import { type Context, freshStream, ids, newEvents, readOn } from './harness';

const WRITERS = 32;
const APPENDS = 20;

/** A reader that has seen a position has seen everything before it: no gap fills later. Else a projection would skip events for ever. */
export function ordering(context: Context): void {
  /** Each appends one after the other to a stream of its own and to one that all share. */
  async function writeOn(stores: readonly EventStore[], shared: string): Promise<string[]> {
    const written: string[] = [];
    const writers = Array.from({ length: WRITERS }, async (_, n) => {
      const store = stores[n % stores.length] ?? context.store;
      const own = freshStream();
      for (let turn = 0; turn < APPENDS; turn += 1) {
        const events = newEvents(1 + (turn % 3));
        const stream = turn % 2 ? own : shared;
        await store.append([{ stream, expected: 'any', events }]);
        written.push(...ids(events));
      }
    });
    await Promise.all(writers);
    return written;
  }

  /** Follows the log while `writing` is under way, and on to its end. */
  async function follow(store: EventStore, after: number, writing: Promise<unknown>): Promise<RecordedEvent[]> {
    let done = false;
    const ended = writing.finally(() => {
      done = true;
    });
    const seen: RecordedEvent[] = [];
    let position = after;
    while (!done) {
      const page = await store.readAll({ after: position, limit: 50 });
      seen.push(...page.events);
      position = page.position;
    }
    await ended;
    return [...seen, ...(await readOn(store, position))];
  }

  it(`is what a reader saw while ${WRITERS} wrote, to the last event`, async () => {
    const stores = [context.store, await context.harness.open()];
    const after = await context.store.head();
    const writing = writeOn(stores, freshStream());
    const seen = await follow(context.store, after, writing);
    await stores[1]?.close();
    expect(ids(seen)).toEqual(ids(await readOn(context.store, after)));
    expect(ids(seen).sort()).toEqual((await writing).sort());
  });

  it('grows from event to event, and within a stream with the revision', async () => {
    const after = await context.store.head();
    const shared = freshStream();
    await writeOn([context.store], shared);
    const log = await readOn(context.store, after);
    expect(log.every(({ position }, n) => n === 0 || position > (log[n - 1]?.position ?? Infinity))).toBe(true);
    const inStream = log.filter(({ stream }) => stream === shared);
    expect(inStream.map(({ revision }) => revision)).toEqual(inStream.map((_, n) => n));
    expect(inStream).toEqual(await context.store.readStream(shared));
  });

  it('shows an acknowledged append to every store', async () => {
    const other = await context.harness.open();
    const checks = Array.from({ length: 20 }, async () => {
      const events = newEvents(1);
      const [outcome] = await context.store.append([{ stream: freshStream(), expected: 'none', events }]);
      const page = await other.readAll({ after: (outcome?.position ?? 0) - 1, limit: 1 });
      return page.events[0]?.id === events[0]?.id;
    });
    const shown = await Promise.all(checks);
    await other.close();
    expect(shown).not.toContain(false);
  });
}
