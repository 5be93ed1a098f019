import type { AppendOutcome, EventPage, NewEvent, RecordedEvent } from '../event-store';

/** What is kept at least, where so much was written; a subscriber that is further behind asks the server. */
const KEPT = 1_000;
const MOST_BYTES = 8 * 1024 * 1024;

export interface Written {
  stream: string;
  source: readonly NewEvent[];
  /** Roughly, as JSON. */
  bytes: number;
}

/**
 * The last events that this process wrote, for its own subscribers: reading back what one has just sent costs the server a query and this
 * process as much as sending did. Kept without a gap, so that whoever stands before one of them misses nothing; what others wrote in
 * between begins it anew.
 */
export class RecentEvents {
  #events: RecordedEvent[] = [];
  #bytes = 0;

  /** What was written in one call, in its order. */
  wrote(appends: readonly Written[], outcomes: readonly AppendOutcome[]): void {
    for (const [index, append] of appends.entries()) {
      const outcome = outcomes[index];
      const count = append.source.length;
      if (outcome?.outcome !== 'appended' || count === 0) continue;
      const next = (this.#events.at(-1)?.position ?? Number.NaN) + 1;
      const first = outcome.position - count + 1;
      const repeated = first < next && !append.source.some(({ id }, place) => this.#differs(first + place, id.toLowerCase()));
      if (repeated) continue; // an earlier attempt had written it
      if (first !== next || this.#bytes + append.bytes > MOST_BYTES) this.clear();
      if (append.bytes > MOST_BYTES) continue;
      this.#bytes += append.bytes;
      for (const [place, event] of append.source.entries())
        this.#events.push(recorded(append.stream, outcome.revision - count + 1 + place, first + place, event));
    }
    this.#trim();
  }

  /**
   * What a writer of this process read of others' events, in their order: without them there would be a gap between what it wrote before
   * and what it writes then. `bytes`: of all of them, roughly.
   */
  read(events: readonly RecordedEvent[], bytes: number): void {
    if (this.#bytes + bytes > MOST_BYTES) this.clear();
    if (bytes > MOST_BYTES) return;
    for (const event of events) {
      const next = (this.#events.at(-1)?.position ?? Number.NaN) + 1;
      if (event.position < next && !this.#differs(event.position, event.id)) continue;
      if (event.position !== next) this.clear();
      this.#events.push(event);
    }
    this.#bytes += bytes;
    this.#trim();
  }

  /** The events after this position, at most `limit`; null where they are not all here, or there are none yet. */
  after(position: number, limit: number): EventPage | null {
    const first = this.#events[0]?.position;
    if (first === undefined || position + 1 < first) return null;
    const events = this.#events.slice(position + 1 - first, position + 1 - first + limit);
    const last = events.at(-1);
    return last ? { events, position: last.position } : null;
  }

  /** Also for when a call failed or a connection closed: which server answers next, and what it has, is not known. */
  clear(): void {
    this.#events = [];
    this.#bytes = 0;
  }

  /** Where another event is at the position, a server has taken over that lacks what was there. */
  #differs(position: number, id: string): boolean {
    const known = this.#events[position - (this.#events[0]?.position ?? 0)];
    return known !== undefined && known.id !== id;
  }

  #trim(): void {
    if (this.#events.length <= 2 * KEPT) return;
    this.#bytes = Math.ceil((this.#bytes * KEPT) / this.#events.length);
    this.#events = this.#events.slice(-KEPT);
  }
}

/** As it would be read from the log. */
const recorded = (stream: string, revision: number, position: number, { id, type, data, metadata }: NewEvent): RecordedEvent => ({
  stream,
  revision,
  position,
  id: id.toLowerCase(),
  type,
  data: asRead(data),
  metadata: asRead(metadata),
});

const asRead = <Value>(value: Value): Value => (isAsWritten(value) ? value : JSON.parse(JSON.stringify(value)));

/** Whether JSON would give the value back as it is: no undefined, no -0, nothing that writes itself otherwise. */
function isAsWritten(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isAsWritten);
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return false;
  for (const member of Object.values(value)) if (!isAsWritten(member)) return false;
  return true;
}
