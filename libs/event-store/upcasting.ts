import type { AppendOutcome, EventFilter, EventMetadata, EventPage, EventStore, JsonObject, RecordedEvent, StreamAppend, Turn } from './event-store';

/** How an event of an older shape is read: as the next shape of its type, or as an event of another type. */
export interface Upcaster {
  type: string;
  /** The version (`metadata.schema`) that it takes; what it gives is the next one. */
  schema: number;
  /** The type that it becomes; what it gives is version 1 of that. */
  becomes?: string;
  /** Pure: the same JSON object for the same event, at any time. */
  upcast(data: JsonObject, metadata: EventMetadata): object;
}

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
  readonly #steps = new Map<string, Map<number, Upcaster>>();
  /** Of each type, the older types of which events become ones of it. */
  readonly #sources = new Map<string, string[]>();

  readonly head: EventStore['head'] = () => this.store.head();
  readonly loadSnapshot: EventStore['loadSnapshot'] = (stream) => this.store.loadSnapshot(stream);
  readonly saveSnapshot: EventStore['saveSnapshot'] = (snapshot) => this.store.saveSnapshot(snapshot);
  readonly restore: EventStore['restore'] = (pages) => this.store.restore(pages);
  readonly close: EventStore['close'] = () => this.store.close();

  constructor(
    private readonly store: EventStore,
    upcasters: readonly Upcaster[],
  ) {
    for (const upcaster of upcasters) {
      const steps = this.#steps.get(upcaster.type) ?? new Map<number, Upcaster>();
      if (steps.has(upcaster.schema)) throw new TypeError(`Two upcasters take version ${upcaster.schema} of ${upcaster.type}.`);
      this.#steps.set(upcaster.type, steps.set(upcaster.schema, upcaster));
    }
    for (const type of this.#steps.keys())
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
    let latest = event;
    for (let step = this.#stepOf(latest); step; step = this.#stepOf(latest)) {
      const schema = step.becomes === undefined ? step.schema + 1 : 1;
      const data = step.upcast(latest.data, latest.metadata) as JsonObject;
      latest = { ...latest, type: step.becomes ?? latest.type, data, metadata: { ...latest.metadata, schema } };
    }
    return latest;
  }

  #stepOf({ type, metadata }: RecordedEvent): Upcaster | undefined {
    return this.#steps.get(type)?.get(metadata.schema);
  }

  #stamped<Event extends { type: string; metadata: EventMetadata }>(event: Event): Event {
    const steps = this.#steps.get(event.type);
    return steps ? { ...event, metadata: { ...event.metadata, schema: Math.max(...steps.keys()) + 1 } } : event;
  }

  /** Asks also for the older types of what is asked for. */
  #wider(filter: EventFilter | undefined): EventFilter | undefined {
    return filter?.types ? { ...filter, types: [...new Set(filter.types.flatMap((type) => [type, ...(this.#sources.get(type) ?? [])]))] } : filter;
  }

  #reachedFrom(type: string): Set<string> {
    const reached = new Set<string>();
    const follow = (from: string): void => {
      for (const { becomes } of this.#steps.get(from)?.values() ?? []) {
        if (becomes === undefined || reached.has(becomes)) continue;
        if (becomes === type) throw new TypeError(`The upcasters of ${type} lead back to it.`);
        reached.add(becomes);
        follow(becomes);
      }
    };
    follow(type);
    return reached;
  }
}
