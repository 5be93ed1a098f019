import { until } from './until';

export interface Received {
  id: string;
  data: { position: number; stream: string; type: string; data: Record<string, unknown> };
}

/** A reader of `/events/stream`, as an EventSource is one, but without coming back by itself. */
export class EventReader {
  readonly received: Received[] = [];
  comments = 0;
  /** The last id that came, with an event or alone. */
  lastId: string | undefined;
  ended = false;
  /** It ended in the middle of the answer. */
  broken = false;
  readonly #leave = new AbortController();

  private constructor(readonly answer: Response) {
    void this.#read();
  }

  static async open(url: string, query: Record<string, string> = {}, lastEventId?: string | number): Promise<EventReader> {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
    const leave = new AbortController();
    const answer = await fetch(`${url}/api/coord/events/stream?${new URLSearchParams(query)}`, { headers, signal: leave.signal });
    const reader = new EventReader(answer);
    reader.#leave.signal.addEventListener('abort', () => leave.abort());
    return reader;
  }

  get ids(): number[] {
    return this.received.map(({ id }) => Number(id));
  }

  has(count: number): Promise<unknown> {
    return until(`${count} events have come`, () => this.received.length >= count, 15_000);
  }

  /** Goes away, at whatever is under way. */
  leave(): void {
    this.#leave.abort();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let pending = '';
    try {
      for await (const chunk of this.answer.body ?? []) {
        const blocks = (pending + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
        pending = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      this.broken = true; // what came until then has been received
    }
    this.ended = true;
  }

  #take(block: string): void {
    const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    if (fields.has('')) this.comments += 1;
    this.lastId = fields.get('id') ?? this.lastId;
    const data = fields.get('data');
    if (data !== undefined) this.received.push({ id: fields.get('id') ?? '', data: JSON.parse(data) as Received['data'] });
  }
}
