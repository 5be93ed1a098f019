import type { EventPage, EventStore } from '@coord/event-store/index';
import type { Projection } from './projection';
import { targetOf } from './projection-schema';
import type { Sql } from './session';

const PAGE = 5_000;

export interface FillOptions {
  store: EventStore;
  projection: Projection;
  schema: string;
  /** Exclusive. */
  after: number;
  /** Inclusive; nothing after it is applied. */
  until: number;
  /** Runs the work on a page in a transaction. */
  inTransaction: (work: (sql: Sql) => Promise<void>) => Promise<void>;
  onPage?: (events: number, position: number) => void;
}

/** Applies a stretch of the log to a schema, in pages of 5,000 events; the next page is read while one is applied. Returns how many events it were. */
export async function fill({ store, projection, schema, after, until, inTransaction, onPage }: FillOptions): Promise<number> {
  let count = 0;
  const read = (from: number): Promise<EventPage> => store.readAll({ after: from, limit: PAGE });
  let next = after < until ? read(after) : undefined;
  while (next) {
    const page = await next;
    const events = page.events.filter(({ position }) => position <= until);
    next = page.position < until ? read(page.position) : undefined;
    // Should the work fail, nobody waits for the page that is on its way.
    next?.catch(() => {});
    if (events.length > 0) await inTransaction((sql) => projection.project(events, targetOf(sql, schema)));
    count += events.length;
    onPage?.(events.length, Math.min(page.position, until));
  }
  return count;
}
