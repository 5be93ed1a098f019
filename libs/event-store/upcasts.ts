import type { EventMetadata, JsonObject, RestoredEvent } from './event-store';

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

/** The steps from every older shape to that of today. */
export class Upcasts {
  readonly #steps = new Map<string, Map<number, Upcaster>>();

  /** @throws TypeError when two of the upcasters take the same version of a type */
  constructor(upcasters: readonly Upcaster[]) {
    for (const upcaster of upcasters) {
      const steps = this.#steps.get(upcaster.type) ?? new Map<number, Upcaster>();
      if (steps.has(upcaster.schema)) throw new TypeError(`Two upcasters take version ${upcaster.schema} of ${upcaster.type}.`);
      this.#steps.set(upcaster.type, steps.set(upcaster.schema, upcaster));
    }
  }

  /** Those that have an older shape. */
  get types(): Iterable<string> {
    return this.#steps.keys();
  }

  /** The types that events of this one may become in one step. */
  typesAfter(type: string): string[] {
    return [...(this.#steps.get(type)?.values() ?? [])].flatMap(({ becomes }) => becomes ?? []);
  }

  /** The version in which a type is written today. */
  versionOf(type: string): number {
    const steps = this.#steps.get(type);
    return steps ? Math.max(...steps.keys()) + 1 : 1;
  }

  /** An event as it is read today: through its upcasters, one version after the other. Untouched where it has none. */
  latest<Event extends RestoredEvent>(event: Event): Event {
    let latest = event;
    for (let step = this.#stepOf(latest); step; step = this.#stepOf(latest)) {
      const schema = step.becomes === undefined ? step.schema + 1 : 1;
      const data = step.upcast(latest.data, latest.metadata) as JsonObject;
      latest = Object.assign({}, latest, { type: step.becomes ?? latest.type, data, metadata: { ...latest.metadata, schema } });
    }
    return latest;
  }

  #stepOf({ type, metadata }: RestoredEvent): Upcaster | undefined {
    return this.#steps.get(type)?.get(metadata.schema);
  }
}
