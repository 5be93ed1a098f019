import { KEY_REMEMBERED } from '@coord/command-runner/index';
import { EVENT_TYPES, eventMisfit } from '@coord/domain/shapes/index';
import type { RestoredEvent, Upcasts } from '@coord/event-store/index';

const NEWER = 'an export of a newer version goes into an engine of that version or a later one';

/**
 * Whether the events of a log are such as the engine writes, as they will be read: through their upcasters. One that is not would stop a
 * read model, or the decisions of its stream, for good. Takes the events in the order of the log.
 */
export class EventCheck {
  /** The last one of each component, whose history has a row for each. */
  readonly #revisions = new Map<string, number>();

  constructor(private readonly upcasts: Upcasts) {}

  /** What is wrong with the next event, as a sentence that names the member and the type; null: nothing. */
  misfit(written: RestoredEvent): string | null {
    const event = this.upcasts.latest(written);
    const { type, metadata } = event;
    if (type !== KEY_REMEMBERED && !EVENT_TYPES.has(type)) return `type ${type} is unknown to this version; ${NEWER}`;
    const version = this.upcasts.versionOf(type);
    if (metadata.schema > version) return `metadata.schema of ${type} must be at most ${version} in this version; ${NEWER}`;
    if (metadata.schema < version) return `metadata.schema ${metadata.schema} of ${type} is one that no version has written`;
    if (type === KEY_REMEMBERED) return null; // its data hold nothing, and it stands in any stream
    return eventMisfit(event) ?? (type === 'ComponentUpdated' ? this.#outOfTurn(event) : null);
  }

  #outOfTurn({ stream, data }: RestoredEvent): string | null {
    const revision = Number(data.revision);
    const before = this.#revisions.get(stream) ?? 0;
    this.#revisions.set(stream, revision);
    return revision > before ? null : `data.revision of ComponentUpdated must be above ${before}, that of the change before it`;
  }
}
