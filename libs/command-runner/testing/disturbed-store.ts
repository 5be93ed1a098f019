import { setTimeout as pause } from 'node:timers/promises';
import { type AppendOutcome, type EventStore, StoreUnavailable, type StreamAppend, type Turn } from '@coord/event-store/index';

/** A real store whose appends a test can look at, hold back and lose. Everything else goes straight through. */
export class DisturbedStore implements EventStore {
  /** What was appended, call by call. */
  readonly appends: (readonly StreamAppend[])[] = [];
  /** Streams that were read from a revision on, read by read. */
  readonly reads: { stream: string; from: number | undefined }[] = [];
  /** Turns that were asked for, and whether they were had. */
  readonly turns: { stream: string; known: number; had: boolean }[] = [];
  /** Whether there are turns to be had. */
  hasTurns = true;
  /** Appends that met a conflict, and those of them that had the turn. */
  conflicts = 0;
  conflictsInTurn = 0;
  #next: ((append: () => Promise<AppendOutcome[]>) => Promise<AppendOutcome[]>)[] = [];

  constructor(private readonly store: EventStore) {}

  get epoch(): number {
    return this.store.epoch;
  }

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

  /** Nothing of the next append is written, which is found out after so many milliseconds. */
  refuseNext(after = 0): void {
    this.#next.push(async () => {
      if (after > 0) await pause(after);
      throw new StoreUnavailable('none');
    });
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
    return this.#disturbed(appends, () => this.store.append(appends));
  }

  /** What is appended in a turn is looked at, held back and lost like everything else. */
  async takeTurn(stream: string, known: number): Promise<Turn | null> {
    const turn = this.hasTurns ? await this.store.takeTurn(stream, known) : null;
    this.turns.push({ stream, known, had: turn !== null });
    return (
      turn && {
        ...turn,
        append: async (expected, events) => {
          const [outcome] = await this.#disturbed([{ stream, expected, events }], async () => [await turn.append(expected, events)]);
          if (outcome?.outcome === 'conflict') this.conflictsInTurn += 1;
          return outcome as AppendOutcome;
        },
      }
    );
  }

  async #disturbed(appends: readonly StreamAppend[], append: () => Promise<AppendOutcome[]>): Promise<AppendOutcome[]> {
    this.appends.push(appends);
    const disturbance = this.#next.shift();
    const outcomes = await (disturbance ? disturbance(append) : append());
    this.conflicts += outcomes.filter(({ outcome }) => outcome === 'conflict').length;
    return outcomes;
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
