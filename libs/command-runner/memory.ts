import type { Decider, DomainEvent } from '@coord/domain/decider';
import { type JsonObject, type JsonValue, type NewEvent, type RecordedEvent, roughBytes } from '@coord/event-store/index';
import { OrderedMap } from 'immutable';

/** How long a stream remembers an `Idempotency-Key` (protocol, "General"). */
export const KEY_LIFETIME = 24 * 3_600_000;

/** Written where a command under a key succeeded without changing anything: the key has to be remembered all the same. */
export const KEY_REMEMBERED = 'IdempotencyKeyRemembered';

/** Old keys that go when one comes: as long as it is more than one, there are never many more than came in a day. */
const GO_AT_ONCE = 2;

/** What a remembered key takes in memory, roughly. */
const KEY_BYTES = 300;

/** A key that a stream has seen: the hash of the body it came with, and the revision of the event that holds the answer. */
export interface RememberedKey {
  body: string;
  at: number;
  revision: number;
}

/** A stream folded up to `revision` (-1: it does not exist): what the decider needs, and the keys of its last 24 hours. */
export interface Folded<State> {
  readonly state: State;
  readonly revision: number;
  readonly keys: OrderedMap<string, RememberedKey>;
  /** Roughly what it takes in memory at most: what it took when it was `weighed`, and what was folded since. What that replaced still counts. */
  readonly bytes: number;
}

export const unwritten = <State>(initialState: State): Folded<State> => ({ state: initialState, revision: -1, keys: OrderedMap(), bytes: 0 });

/** The stream one event later. */
export function fold<State, Event extends DomainEvent>(
  decider: Decider<State, never, Event>,
  before: Folded<State>,
  event: NewEvent | RecordedEvent,
): Folded<State> {
  const state = event.type === KEY_REMEMBERED ? before.state : decider.evolve(before.state, event as unknown as Event);
  const after = { state, revision: before.revision + 1, keys: before.keys, bytes: before.bytes + roughBytes(event.data) };
  return event.metadata.idempotency ? withKeyOf(after, event) : after;
}

/** The stream where its last event keeps the answer of a command: that event's key is known from then on. */
export function withKeyOf<State>(stream: Folded<State>, { metadata }: NewEvent | RecordedEvent): Folded<State> {
  const { idempotency, at } = metadata;
  if (!idempotency) return stream;
  const { state, revision, keys, bytes } = stream;
  const key = { body: idempotency.body, at: Date.parse(at), revision };
  return { state, revision, keys: remember(keys, idempotency.scope, key), bytes: bytes + KEY_BYTES };
}

/** The stream with `bytes` as they are now. Looks at all of the state. */
export function weighed<State>(decider: Decider<State, never, DomainEvent>, folded: Folded<State>): Folded<State> {
  const { state, keys } = folded;
  return { ...folded, bytes: roughBytes(decider.snapshot ? decider.snapshot.toJson(state) : state) + KEY_BYTES * keys.size };
}

/**
 * Old keys go when others come, a few at a time, so that a clock that is ahead for a while forgets few. By the time of the key that
 * comes; but where that is a day and more after the last one, nothing says whether it was quiet or the clock has leapt, so the last one's counts.
 */
function remember(keys: Folded<unknown>['keys'], scope: string, key: RememberedKey): Folded<unknown>['keys'] {
  // a key that comes again after its lifetime is younger than the others now, so it goes to the end before the old ones go
  const others = keys.delete(scope);
  const last = others.last()?.at ?? key.at;
  const now = key.at - last > KEY_LIFETIME ? last : key.at;
  return others.set(scope, key).withMutations((all) => {
    let gone = 0;
    for (const [old, one] of others) {
      // in order of arrival: the rest is younger
      if (gone === GO_AT_ONCE || Math.abs(now - one.at) < KEY_LIFETIME) break;
      gone += 1;
      all.delete(old);
      // it came while the clock was ahead: its day begins anew, and it stands in nobody's way
      if (one.at > now) all.set(old, { ...one, at: now });
    }
  });
}

/** What a stream says of a key that comes again: nothing, another body, or where its answer is. */
export function recall(keys: Folded<unknown>['keys'], scope: string, body: string, now: number): 'new' | 'reused' | RememberedKey {
  const known = keys.get(scope);
  if (!known || known.at <= now - KEY_LIFETIME) return 'new';
  return known.body === body ? known : 'reused';
}

export function toJson<State>(decider: Decider<State, never, DomainEvent>, folded: Folded<State>): JsonValue {
  return { state: decider.snapshot?.toJson(folded.state) as JsonValue, keys: [...folded.keys] as unknown as JsonValue };
}

export function fromJson<State>(decider: Decider<State, never, DomainEvent>, revision: number, json: JsonValue): Folded<State> {
  const { state, keys } = json as unknown as { state: JsonObject; keys: [string, RememberedKey][] };
  if (!decider.snapshot) throw new Error('A snapshot was found for a decider that keeps none.');
  return { state: decider.snapshot.fromJson(state), revision, keys: OrderedMap(keys), bytes: 0 };
}
