import { LRUCache } from 'lru-cache';
import type { StreamWriter } from './stream-writer';

/**
 * The writers of a process' streams: all that are at work, and of those that rest as many as there is room for, those that were used last. One that
 * is at work is not forgotten: a second one at the same stream would only meet its conflicts.
 */
export class HotStreams {
  readonly #atWork = new Map<string, StreamWriter>();
  // lru-cache takes a new size with a new value only
  readonly #resting: LRUCache<string, { writer: StreamWriter }>;

  constructor(
    most: number,
    /** Roughly what their streams may take in memory together. */
    private readonly mostBytes: number,
  ) {
    this.#resting = new LRUCache({ max: most, maxSize: mostBytes });
  }

  /** The writer of a stream, which is at work until it is told to `rest`. */
  wake(stream: string, make: () => StreamWriter): StreamWriter {
    const atWork = this.#atWork.get(stream);
    if (atWork) return atWork;
    const writer = this.#resting.get(stream)?.writer ?? make();
    this.#atWork.set(stream, writer);
    return writer;
  }

  /** A stream that takes more than half of the room counts as half: reading it again for each command would cost more than its place does. */
  rest(stream: string, writer: StreamWriter): void {
    this.#atWork.delete(stream);
    this.#resting.set(stream, { writer }, { size: Math.min(Math.max(1, writer.bytes()), Math.floor(this.mostBytes / 2)) });
  }
}
