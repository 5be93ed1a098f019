import type { Decider, DomainEvent } from '@coord/domain/decider';
import type { EventStore } from '@coord/event-store/index';
import { type Folded, fold, fromJson, unwritten } from './memory';

const PAGE = 1_000;

type AnyDecider = Decider<unknown, never, DomainEvent>;

/** A stream as the store has it: from its snapshot, if there is one that can be read, then event by event. */
export async function load(store: EventStore, decider: AnyDecider, stream: string): Promise<Folded<unknown>> {
  const snapshot = decider.snapshot ? await store.loadSnapshot(stream) : null;
  const usable = snapshot !== null && snapshot.schema === decider.snapshot?.schema;
  return catchUp(store, decider, stream, usable ? fromJson(decider, snapshot.revision, snapshot.state) : unwritten(decider.initialState));
}

/** The rest of a stream, behind what is folded already. */
export async function catchUp(store: EventStore, decider: AnyDecider, stream: string, from: Folded<unknown>): Promise<Folded<unknown>> {
  let folded = from;
  for (;;) {
    const page = await store.readStream(stream, { from: folded.revision + 1, limit: PAGE });
    folded = page.reduce((before, event) => fold(decider, before, event), folded);
    if (page.length < PAGE) return folded;
  }
}
