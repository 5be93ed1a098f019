import type { Decider, DomainEvent } from '@coord/domain/decider';
import type { EventStore, RecordedEvent } from '@coord/event-store/index';
import { type Folded, fold, fromJson, unwritten } from './memory';

const PAGE = 1_000;

type AnyDecider = Decider<unknown, never, DomainEvent>;

/** A stream as the store has it, and the revision of the snapshot that it was read from (-1: from its start). */
export interface Loaded {
  folded: Folded<unknown>;
  snapshotAt: number;
}

/** From its snapshot, if there is one that can be read, then event by event. */
export async function load(store: EventStore, decider: AnyDecider, stream: string): Promise<Loaded> {
  const snapshot = decider.snapshot ? await store.loadSnapshot(stream) : null;
  const usable = snapshot !== null && snapshot.schema === decider.snapshot?.schema;
  const from = usable ? fromJson(decider, snapshot.revision, snapshot.state) : unwritten(decider.initialState);
  return { folded: await catchUp(store, decider, stream, from), snapshotAt: from.revision };
}

/** The stream behind these events of its own. */
export const foldAll = (decider: AnyDecider, from: Folded<unknown>, events: readonly RecordedEvent[]): Folded<unknown> =>
  events.reduce((before, event) => fold(decider, before, event), from);

/** The rest of a stream, behind what is folded already. */
export async function catchUp(store: EventStore, decider: AnyDecider, stream: string, from: Folded<unknown>): Promise<Folded<unknown>> {
  let folded = from;
  for (;;) {
    const page = await store.readStream(stream, { from: folded.revision + 1, limit: PAGE });
    folded = foldAll(decider, folded, page);
    if (page.length < PAGE) return folded;
  }
}
