import type { RecordedEvent } from '../event-store';
import type { Record } from './record';
import { recordsOf } from './records';
import { type From, readStreamRequest } from './requests';
import type { Wire } from './wire';

/** Of one read: each has a deadline of its own. */
const PAGE_EVENTS = 1_000;
const PAGE_BYTES = 8 * 1024 * 1024;

export interface StreamRange {
  from?: number;
  direction?: 'forwards' | 'backwards';
  limit?: number;
}

/** @throws Error when another application writes to the same stream */
export async function readStream(wire: Wire, stream: string, range: StreamRange): Promise<RecordedEvent[]> {
  const { limit = Infinity } = range;
  const backwards = range.direction === 'backwards';
  const events: RecordedEvent[] = [];
  let from: From = await startOf(wire, stream, range);
  while (events.length < limit && (typeof from !== 'number' || from >= 0)) {
    const count = Math.min(PAGE_EVENTS, limit - events.length);
    const page = await readPage(wire, stream, { from, backwards, count });
    events.push(...page.events);
    const last = page.events.at(-1);
    if (!page.full || !last) break;
    from = last.revision + (backwards ? -1 : 1);
  }
  return events;
}

/** The revision of a stream's last event; -1: there is none. */
export async function lastRevision(wire: Wire, stream: string): Promise<number> {
  const { events } = await readPage(wire, stream, { from: 'end', backwards: true, count: 1 });
  return events[0]?.revision ?? -1;
}

async function startOf(wire: Wire, stream: string, { from, direction }: StreamRange): Promise<From> {
  if (direction !== 'backwards') return from ?? 'start';
  // From beyond the end the server would step down to it page by page.
  return from === undefined ? 'end' : Math.min(from, await lastRevision(wire, stream));
}

type PageRange = { from: From; backwards: boolean; count: number };

function readPage(wire: Wire, stream: string, range: PageRange): Promise<{ events: RecordedEvent[]; full: boolean }> {
  return wire.ask(async (connection, signal) => {
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for await (const record of recordsOf(connection, readStreamRequest(stream, range), signal)) {
      events.push(ours(record, stream));
      bytes += record.bytes;
      if (bytes >= PAGE_BYTES) break;
    }
    return { events, full: events.length === range.count || bytes >= PAGE_BYTES };
  });
}

function ours({ event, position }: Record, stream: string): RecordedEvent {
  if (event) return event;
  throw new Error(`The event at position ${position} in the stream ${stream} was not written by this product.`);
}
