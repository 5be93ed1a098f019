/** What a server keeps of an event. */
export interface Stored {
  stream: string;
  revision: number;
  position: number;
  id: string;
  metadata: [string, string][];
  data: Uint8Array;
  customMetadata: Uint8Array;
}

export type Proposed = Pick<Stored, 'id' | 'metadata' | 'data' | 'customMetadata'>;
export type Expected = number | 'any' | 'none';

/** What each event takes up in the log, as positions count it. */
const RECORD_BYTES = 147;

/** The rules of EventStoreDB for one log, as its 23.10 follows them. */
export class MemoryLog {
  readonly events: Stored[] = [];
  readonly #streams = new Map<string, Stored[]>();
  readonly #listeners = new Set<(event: Stored) => void>();

  stream(name: string): readonly Stored[] | undefined {
    return this.#streams.get(name);
  }

  /** Where an event begins; nothing else can be read from. */
  begins(position: number): boolean {
    return this.events.some((event) => event.position === position) || position > (this.events.at(-1)?.position ?? 0);
  }

  follow(listener: (event: Stored) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The last event of the append, also where it is there already; or the stream's revision, where that is not the one expected. */
  append(name: string, expected: Expected, proposed: readonly Proposed[]): Stored | { current: number } {
    const stream = this.#streams.get(name) ?? [];
    const first = expected === 'any' ? stream.findIndex(({ id }) => id === proposed[0]?.id) : expected === 'none' ? 0 : expected + 1;
    const known = first < 0 ? [] : stream.slice(first, first + proposed.length);
    const last = known.at(-1);
    if (last && known.length === proposed.length && known.every(({ id }, n) => id === proposed[n]?.id)) return last;
    if (expected !== 'any' && first !== stream.length) return { current: stream.length - 1 };
    this.#streams.set(name, stream);
    for (const event of proposed) this.#write(name, stream, event);
    return stream.at(-1) ?? { current: -1 };
  }

  #write(name: string, stream: Stored[], event: Proposed): void {
    const position = (this.events.at(-1)?.position ?? 1_000) + RECORD_BYTES;
    const stored = { ...event, stream: name, revision: stream.length, position };
    stream.push(stored);
    this.events.push(stored);
    for (const listener of this.#listeners) listener(stored);
  }
}
