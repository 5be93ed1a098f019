/** How data of an older shape of an event is read as the next one (see docs/upcasters.md). */
export interface Upcaster {
  type: string;
  /** The version (`metadata.schema`) that it takes; what it gives is the next one. */
  schema: number;
  /** The type that it becomes, where it becomes another one: version 1 of that. */
  becomes?: string;
  /** Pure. Takes what the log holds, gives what the concept's types say today. */
  upcast(data: Readonly<Record<string, unknown>>, metadata: Readonly<{ at: string; actor: string | null }>): object;
}

/** Those of every concept. Each stays for good: the log still has the events. */
export const UPCASTERS: readonly Upcaster[] = [];
