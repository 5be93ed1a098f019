import type { EventPage, EventStore } from '@coord/event-store/index';
import type { Projection } from './projection';
import { targetOf } from './projection-schema';
import type { Sql } from './session';

const PAGE = 5_000;

/** A schema that a projection fills. */
export interface Filling {
  projection: Projection;
  schema: string;
  /** Exclusive. */
  after: number;
  /** Inclusive; nothing after it is applied. */
  until: number;
  /** Runs the work on a page in a transaction. */
  inTransaction: (work: (sql: Sql) => Promise<void>) => Promise<void>;
}

/** How many events were applied; or why the filling was given up. */
export type Filled = { events: number } | { error: unknown };

/**
 * Applies a stretch of the log to a schema, in pages of 5,000 events; the next page is read while one is applied. Returns how many events it were.
 * @throws what the projection throws
 */
export async function fill({ store, ...filling }: Filling & { store: EventStore }): Promise<number> {
  const [filled] = await fillTogether({ store, fillings: [filling] });
  if (!filled || 'error' in filled) throw filled?.error;
  return filled.events;
}

/**
 * The same for several schemas at once: the log is read once for all of them. One that fails is given up, the others go on.
 * @returns how each of them ended, in their order
 * @throws StoreUnavailable
 */
export async function fillTogether({
  store,
  fillings,
  onPage,
}: {
  store: EventStore;
  fillings: readonly Filling[];
  onPage?: (events: number, position: number) => void;
}): Promise<Filled[]> {
  const outcomes: Filled[] = fillings.map(() => ({ events: 0 }));
  const end = Math.max(...fillings.map(({ until }) => until));
  const read = (from: number): Promise<EventPage> => store.readAll({ after: from, limit: PAGE });
  const start = Math.min(...fillings.map(({ after }) => after));
  let next = start < end ? read(start) : undefined;
  let from = start;
  while (next) {
    const page = await next;
    if (page.position <= from) return outcomes.map((outcome, place) => endedBefore(fillings[place]?.until ?? 0, page.position, outcome));
    from = page.position;
    const going = outcomes.some((outcome, place) => 'events' in outcome && page.position < (fillings[place]?.until ?? 0));
    next = going ? read(page.position) : undefined;
    // Should the work fail, nobody waits for the page that is on its way.
    next?.catch(() => {});
    const applied = await Promise.allSettled(fillings.map((filling, place) => ('error' in (outcomes[place] ?? {}) ? 0 : apply(filling, page))));
    for (const [place, result] of applied.entries()) {
      const outcome = outcomes[place];
      if (!outcome || 'error' in outcome) continue;
      outcomes[place] = result.status === 'fulfilled' ? { events: outcome.events + result.value } : { error: result.reason };
    }
    onPage?.(page.events.filter(({ position }) => position <= end).length, Math.min(page.position, end));
  }
  return outcomes;
}

function endedBefore(until: number, end: number, outcome: Filled): Filled {
  if ('error' in outcome || end >= until) return outcome;
  return { error: new Error(`The log ends at position ${end}, before ${until}, where it ended when it was asked before. Is it the right one?`) };
}

async function apply({ projection, schema, after, until, inTransaction }: Filling, page: EventPage): Promise<number> {
  const events = page.events.filter(({ position }) => position > after && position <= until);
  if (events.length > 0) await inTransaction((sql) => projection.project(events, targetOf(sql, schema)));
  return events.length;
}
