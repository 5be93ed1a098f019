import type { EventStore, RecordedEvent } from '@coord/event-store/index';

const PAGE = 500;

/** A line of the export: all that the log has of an event, so that another store can be filled with it. */
const line = ({ position, stream, revision, id, type, data, metadata }: RecordedEvent): string =>
  `${JSON.stringify({ position, stream, revision, id, type, data, metadata })}\n`;

/**
 * The log up to and including a position, a page at a time, each when the one before it has been taken. Ends early when `signal` aborts.
 * @throws StoreUnavailable
 */
export async function* exportLines(store: EventStore, until: number, signal: AbortSignal): AsyncGenerator<string, void> {
  for (let after = 0; after < until && !signal.aborted; ) {
    const { events, position } = await store.readAll({ after, limit: Math.min(PAGE, until - after) });
    after = position;
    const lines = events.filter((event) => event.position <= until).map(line);
    if (lines.length > 0) yield lines.join('');
  }
}
