import type { EventPage, RecordedEvent } from '@coord/event-store/index';
import { eventText } from './event.view';

/** An event, and the text that it goes out as: made once, however many follow. */
export interface Entry {
  readonly event: RecordedEvent;
  readonly text: string;
}

/** What a follower gets next: events in order (none, when it is only to hear that nothing came), and how far the log has been looked at. */
export interface Piece {
  readonly entries: readonly Entry[];
  readonly position: number;
}

/** What is remembered, whatever is larger: in events, and in characters of their texts. */
const MOST_EVENTS = 1_000;
const MOST_TEXT = 4 * 1024 * 1024;
/** Of a piece. */
const PIECE_EVENTS = 200;

export const entryOf = (event: RecordedEvent): Entry => ({ event, text: eventText(event) });

/** The last events of the log, as far back as a bounded memory goes, for followers to take by position. */
export class RecentEvents {
  readonly #entries: Entry[] = [];
  readonly #sleepers = new Set<() => void>();
  #text = 0;

  /** @param start position after which they begin */
  constructor(
    public start: number,
    public end = start,
  ) {}

  /** The next page of the log: from `end` on, without a gap. */
  push({ events, position }: EventPage): void {
    for (const entry of events.map(entryOf)) {
      this.#entries.push(entry);
      this.#text += entry.text.length;
    }
    this.end = position;
    this.#forget();
    for (const wake of this.#sleepers) wake();
  }

  /** What came after a position that is not before `start`; null: nothing yet. */
  after(position: number): Piece | null {
    if (position >= this.end) return null;
    const first = this.#indexAfter(position);
    const entries = this.#entries.slice(first, first + PIECE_EVENTS);
    const whole = first + entries.length === this.#entries.length;
    return { entries, position: whole ? this.end : (entries.at(-1)?.event.position ?? this.end) };
  }

  /** Resolves when something has been pushed after a position, after `ms`, or when `signal` aborts. */
  news(position: number, ms: number, signal: AbortSignal): Promise<void> {
    if (position < this.end || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #forget(): void {
    let gone = 0;
    for (; this.#entries.length - gone > MOST_EVENTS || this.#text > MOST_TEXT; gone += 1) this.#text -= this.#entries[gone]?.text.length ?? 0;
    if (gone === 0) return;
    this.start = this.#entries[gone - 1]?.event.position ?? this.start;
    this.#entries.splice(0, gone);
  }

  #indexAfter(position: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.event.position ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
