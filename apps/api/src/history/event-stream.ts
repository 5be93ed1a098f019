import type { EventFilter, RecordedEvent } from '@coord/event-store/index';
import { traitsOf } from '@projections/history/index';
import type { LiveLog } from './live-log';
import type { EventsFilter } from './queries/events-filter';

/** Protocol, "Status, history, events": a comment line every 15 s. */
const BEAT_MS = 15_000;
/** Characters of one write: many small ones would cost more than the events. */
const WRITE = 32 * 1024;
/** Tells an EventSource how soon to come back. */
const OPENING = 'retry: 1000\n\n';

export interface Followed {
  /** Position after which the stream begins. */
  after: number;
  /** The end of the log. */
  head: number;
  filter: EventsFilter;
}

/**
 * The log as server-sent events, for as long as `signal` is not aborted. The comment line carries the position that has been
 * looked at: a filter that lets little through does not make who comes back begin at the last event that it saw.
 */
export async function* eventStream(live: LiveLog, { after, head, filter }: Followed, signal: AbortSignal): AsyncGenerator<string, void> {
  yield OPENING;
  let beat = performance.now() + BEAT_MS;
  let pending = '';
  for await (const { entries, position } of live.follow(after, { head, filter: storeFilter(filter), beatMs: BEAT_MS, signal })) {
    for (const { event, text } of entries) {
      if (!passes(event, filter)) continue;
      pending += text;
      if (pending.length < WRITE) continue;
      yield pending;
      pending = '';
    }
    if (performance.now() >= beat) {
      pending += `: up to ${position}\nid: ${position}\n\n`;
      beat = performance.now() + BEAT_MS;
    }
    if (pending !== '') yield pending;
    pending = '';
  }
}

/** What the store itself can leave out. */
const storeFilter = ({ type, stream }: EventsFilter): EventFilter | undefined =>
  type === undefined && stream === undefined
    ? undefined
    : { ...(type !== undefined && { types: [type] }), ...(stream !== undefined && { streamPrefixes: [stream] }) };

/** The same as the conditions of `/history`. */
function passes(event: RecordedEvent, { projectKey, sessionId, type, stream, resource }: EventsFilter): boolean {
  const traits = traitsOf(event);
  return (
    (type === undefined || event.type === type) &&
    (stream === undefined || event.stream === stream) &&
    (projectKey === undefined || traits.project_key === projectKey) &&
    (sessionId === undefined || traits.actor === sessionId) &&
    (resource === undefined || traits.resource === resource)
  );
}
