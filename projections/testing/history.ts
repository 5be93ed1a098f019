import type { DomainEvent } from '@coord/domain/decider';
import type { RecordedEvent } from '@coord/projection-runner/index';

export const NOON = Date.parse('2026-05-12T12:00:00.000Z');
export const iso = (ms: number): string => new Date(ms).toISOString();
/** A UUID that is easy to tell from others. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Whose doing an event is, and when; `project_key` is taken from its data, if it is there. */
export interface Cause {
  actor?: string | null;
  at?: number;
  project_key?: string | null;
}

/** A log in memory: gives events the places that a store would give them. */
export class History {
  readonly events: RecordedEvent[] = [];
  readonly #revisions = new Map<string, number>();

  /** Appends to a stream; gives the position of the last event. */
  append(stream: string, events: readonly DomainEvent[], { actor = null, at = NOON, project_key = null }: Cause = {}): number {
    for (const { type, data } of events) {
      const revision = (this.#revisions.get(stream) ?? -1) + 1;
      this.#revisions.set(stream, revision);
      const position = this.events.length + 1;
      const own = 'project_key' in data && typeof data.project_key === 'string' ? data.project_key : project_key;
      const metadata = { actor, at: iso(at), project_key: own, causation_id: 'request', correlation_id: 'request', schema: 1 };
      // through JSON, as the store has it
      this.events.push(JSON.parse(JSON.stringify({ id: id(position), stream, revision, position, type, data, metadata })) as RecordedEvent);
    }
    return this.events.length;
  }
}
