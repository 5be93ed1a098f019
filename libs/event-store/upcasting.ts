import type { AppendOutcome, EventFilter, EventPage, EventStore, NewEvent, RecordedEvent, StreamAppend, Turn } from './event-store';
import { type Upcaster, Upcasts } from './upcasts';

/**
 * The store as readers know it who know only the latest shapes: every event that is read has been through its upcasters, one
 * version after the other. What is written gets the latest version of its type. The log itself stays as it is, and a restore
 * fills it with what was exported. Without upcasters it is the store itself; an event of a type that has none comes through
 * untouched, at the cost of one look into a map.
 *
 * @throws TypeError when two of the upcasters take the same version of a type, or one leads back to where it came from
 */
export const upcasting = (store: EventStore, upcasters: readonly Upcaster[]): EventStore =>
  upcasters.length === 0 ? store : new UpcastingStore(store, upcasters);

class UpcastingStore implements EventStore {
  readonly #upcasts: Upcasts;
  /** Of each type, the older types of which events become ones of it. */
  readonly #sources = new Map<string, string[]>();

  readonly head: EventStore['head'] = () => this.store.head();
  readonly loadSnapshot: EventStore['loadSnapshot'] = (stream) => this.store.loadSnapshot(stream);
  readonly saveSnapshot: EventStore['saveSnapshot'] = (snapshot) => this.store.saveSnapshot(snapshot);
  readonly restore: EventStore['restore'] = (pages) => this.store.restore(pages);
  readonly close: EventStore['close'] = () => this.store.close();

  get epoch(): number {
    return this.store.epoch;
  }

  constructor(
    private readonly store: EventStore,
    upcasters: readonly Upcaster[],
  ) {
    this.#upcasts = new Upcasts(upcasters);
    for (const type of this.#upcasts.types)
      for (const reached of this.#reachedFrom(type)) this.#sources.set(reached, [...(this.#sources.get(reached) ?? []), type]);
  }

  append(appends: readonly StreamAppend[]): Promise<AppendOutcome[]> {
    return this.store.append(appends.map((append) => ({ ...append, events: append.events.map((event) => this.#stamped(event)) })));
  }

  async takeTurn(stream: string, known: number): Promise<Turn | null> {
    const turn = await this.store.takeTurn(stream, known);
    if (!turn) return null;
    try {
      const events = turn.events.map((event) => this.#latest(event));
      const append: Turn['append'] = (expected, written) =>
        turn.append(
          expected,
          written.map((event) => this.#stamped(event)),
        );
      return { events, append, giveBack: () => turn.giveBack() };
    } catch {
      turn.giveBack(); // whoever reads the stream meets what can't be upcast, and tells it
      return null;
    }
  }

  async readStream(...args: Parameters<EventStore['readStream']>): Promise<RecordedEvent[]> {
    return (await this.store.readStream(...args)).map((event) => this.#latest(event));
  }

  async readAll(options: Parameters<EventStore['readAll']>[0]): Promise<EventPage> {
    return this.#page(await this.store.readAll({ ...options, filter: this.#wider(options.filter) }), options.filter);
  }

  async *subscribe(options: Parameters<EventStore['subscribe']>[0]): AsyncGenerator<EventPage> {
    for await (const page of this.store.subscribe({ ...options, filter: this.#wider(options.filter) })) yield this.#page(page, options.filter);
  }

  #page({ events, position }: EventPage, filter: EventFilter | undefined): EventPage {
    const latest = events.map((event) => this.#latest(event));
    return { events: filter?.types ? latest.filter(({ type }) => filter.types?.includes(type)) : latest, position };
  }

  #latest(event: RecordedEvent): RecordedEvent {
    return this.#upcasts.latest(event);
  }

  #stamped(event: NewEvent): NewEvent {
    const schema = this.#upcasts.versionOf(event.type);
    return schema === 1 ? event : { ...event, metadata: { ...event.metadata, schema } };
  }

  /** Asks also for the older types of what is asked for. */
  #wider(filter: EventFilter | undefined): EventFilter | undefined {
    return filter?.types ? { ...filter, types: [...new Set(filter.types.flatMap((type) => [type, ...(this.#sources.get(type) ?? [])]))] } : filter;
  }

  #reachedFrom(type: string): Set<string> {
    const reached = new Set<string>();
    const follow = (from: string): void => {
      for (const becomes of this.#upcasts.typesAfter(from)) {
        if (reached.has(becomes)) continue;
        if (becomes === type) throw new TypeError(`The upcasters of ${type} lead back to it.`);
        reached.add(becomes);
        follow(becomes);
      }
    };
    follow(type);
    return reached;
  }
}
