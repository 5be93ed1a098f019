import { type AppendOutcome, type EventStore, StoreUnavailable, type StreamAppend } from '@coord/event-store/index';

/** A real store whose appends a test can look at, hold back and lose. Everything else goes straight through. */
export class DisturbedStore implements EventStore {
  /** What was appended, call by call. */
  readonly appends: (readonly StreamAppend[])[] = [];
  /** Streams that were read from a revision on, read by read. */
  readonly reads: { stream: string; from: number | undefined }[] = [];
  #next: ((append: () => Promise<AppendOutcome[]>) => Promise<AppendOutcome[]>)[] = [];

  constructor(private readonly store: EventStore) {}

  /** Holds the next append back until the result is called; resolves `begun` when it has come. */
  holdNext(): { begun: Promise<void>; release: () => void } {
    let release = (): void => undefined;
    let begin = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    this.#next.push(async (append) => {
      begin();
      await released;
      return append();
    });
    return { begun, release };
  }

  /** Nothing of the next append is written. */
  refuseNext(): void {
    this.#next.push(() => Promise.reject(new StoreUnavailable('none')));
  }

  /** The next append is written, but no one learns of it. */
  loseNextAnswer(): void {
    this.#next.push(async (append) => {
      await append();
      throw new StoreUnavailable('unknown');
    });
  }

  /** Runs `work` before the next append: another writer that comes first. */
  beforeNext(work: () => Promise<unknown>): void {
    this.#next.push(async (append) => {
      await work();
      return append();
    });
  }

  append(appends: readonly StreamAppend[]): Promise<AppendOutcome[]> {
    this.appends.push(appends);
    const disturbance = this.#next.shift();
    const append = (): Promise<AppendOutcome[]> => this.store.append(appends);
    return disturbance ? disturbance(append) : append();
  }

  readStream: EventStore['readStream'] = (stream, options) => {
    this.reads.push({ stream, from: options?.from });
    return this.store.readStream(stream, options);
  };
  readAll: EventStore['readAll'] = (options) => this.store.readAll(options);
  subscribe: EventStore['subscribe'] = (options) => this.store.subscribe(options);
  head: EventStore['head'] = () => this.store.head();
  loadSnapshot: EventStore['loadSnapshot'] = (stream) => this.store.loadSnapshot(stream);
  saveSnapshot: EventStore['saveSnapshot'] = (snapshot) => this.store.saveSnapshot(snapshot);
  restore: EventStore['restore'] = (pages) => this.store.restore(pages);
  /** Of the store beneath, whoever opened it closes it. */
  close: EventStore['close'] = () => Promise.resolve();
}
