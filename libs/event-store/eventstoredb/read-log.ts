import type { EventFilter, EventPage, RecordedEvent } from '../event-store';
import { isOffPosition } from './failures';
import { beginBefore } from './positions';
import { recordsOf } from './records';
import { type From, type LogRead, ofStreams, ofTypes, readLogRequest, withoutSystemEvents } from './requests';
import type { Wire } from './wire';

/** Bytes after which a page ends, however many events were asked for: bounds what a reader holds. */
const PAGE_BYTES = 8 * 1024 * 1024;
/** Events of a page of all of them, where a filter finds none in time. */
const STRIDE = 2_000;

/** The position of the last event that the server did not write for itself, 0 for none. Other applications' count: who waits for it gets there. */
export function readHead(wire: Wire): Promise<number> {
  return wire.ask(async (connection, signal) => {
    const request = readLogRequest({ from: 'end', backwards: true, count: 1, filter: withoutSystemEvents() });
    for await (const { position } of recordsOf(connection, request, signal)) return position;
    return 0;
  });
}

export interface LogRange {
  after: number;
  limit: number;
  filter?: EventFilter;
}

/** @param head asks where the log ends */
export async function readAll(wire: Wire, range: LogRange, head: () => Promise<number>): Promise<EventPage> {
  const { filter } = range;
  if (!filter?.types && !filter?.streamPrefixes) return (await readPage(wire, range)).page;
  // Asked before: what is written meanwhile may be missing from the page.
  const end = await head();
  const { page, full, late } = await readPage(wire, range);
  if (!full && !late) return { ...page, position: Math.max(page.position, end) };
  if (page.events.length > 0 || !late) return page;
  // The server looks through the log until it has found enough. Where that takes too long, so many are looked at here.
  const stride = await readPage(wire, { after: range.after, limit: STRIDE });
  const kept = stride.page.events.filter((event) => passes(event, filter)).slice(0, range.limit);
  return { events: kept, position: kept.length === range.limit ? (kept.at(-1)?.position ?? range.after) : stride.page.position };
}

interface ReadPage {
  page: EventPage;
  /** It ended before the log did. */
  full: boolean;
  /** It ended because its time was up. */
  late: boolean;
}

async function readPage(wire: Wire, range: LogRange, from: From = range.after > 0 ? range.after : 'start'): Promise<ReadPage> {
  try {
    return await wire.ask((connection, signal) =>
      collect((request) => recordsOf(connection, readLogRequest(request), signal), range, from, wire.deadline / 4),
    );
  } catch (error) {
    // Only where an event begins can be read from; any number may be asked about.
    if (!isOffPosition(error) || from !== range.after) throw error;
    return readPage(wire, range, await beginBefore(wire, range.after));
  }
}

async function collect(
  read: (request: LogRead) => ReturnType<typeof recordsOf>,
  { after, limit, filter }: LogRange,
  from: From,
  time: number,
): Promise<ReadPage> {
  const until = performance.now() + time;
  const page: EventPage = { events: [], position: after };
  // The server's range is inclusive. It reads ahead of who breaks off, so it is asked for no more than will be taken.
  const count = limit + 1;
  let [looked, bytes] = [0, 0];
  for await (const record of read({ from, count, filter: filterOf(filter) })) {
    looked += 1;
    if (record.position <= after) continue;
    page.position = record.position;
    if (record.event && passes(record.event, filter)) {
      page.events.push(record.event);
      bytes += record.bytes;
    }
    if (page.events.length === limit || bytes >= PAGE_BYTES) return { page, full: true, late: false };
    if (performance.now() > until) return { page, full: true, late: true };
  }
  return { page, full: looked === count, late: false };
}

/** The server takes one filter of a kind; the rest is left to `passes`. Both kinds leave its own events out. */
function filterOf(filter: EventFilter | undefined): LogRead['filter'] {
  if (filter?.streamPrefixes?.length) return ofStreams(filter.streamPrefixes);
  return filter?.types?.length ? ofTypes(filter.types) : withoutSystemEvents();
}

function passes({ type, stream }: RecordedEvent, filter: EventFilter | undefined): boolean {
  if (filter?.types && !filter.types.includes(type)) return false;
  return !filter?.streamPrefixes || filter.streamPrefixes.some((prefix) => stream.startsWith(prefix));
}
