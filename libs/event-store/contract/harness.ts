import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AppendOutcome,
  type EventPage,
  type EventStore,
  type JsonObject,
  type NewEvent,
  type RecordedEvent,
  StoreUnavailable,
} from '../event-store';

/** What an adapter provides to be held to the contract. */
export interface StoreHarness {
  /** A store on the log under test; all stores of a harness share that log, which may hold anything already. The test closes it. */
  open(): Promise<EventStore>;
  /** The same over a line that can be disturbed. A call may take some seconds to give up, but less than five. */
  openOverLine(): Promise<{ store: EventStore; line: Line }>;
}

/** The way to the server. */
export interface Line {
  /** Breaks every connection. New ones work. */
  cut(): void;
  /** Nothing passes, nothing fails, as with a stopped server. */
  freeze(): void;
  thaw(): void;
  /** Breaks every connection and refuses new ones. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /** Until `cut`: what is asked arrives, what is answered doesn't. */
  loseAnswers(): void;
  /** Until `cut`: what is asked doesn't arrive. */
  loseRequests(): void;
}

/** What the parts of the suite work with: one store for all of their tests, and the means to open more. */
export interface Context {
  readonly store: EventStore;
  readonly harness: StoreHarness;
}

/** A name that no other test uses. */
export function freshStream(kind = 'contract'): string {
  return `${kind}-${randomUUID()}`;
}

export function newEvent(data: JsonObject = {}, type = 'SomethingHappened'): NewEvent {
  const at = '2026-11-21T08:00:00.000Z';
  return {
    id: randomUUID(),
    type,
    data,
    metadata: { actor: 'agent-1', at, project_key: null, causation_id: null, correlation_id: null, schema: 1 },
  };
}

export function newEvents(count: number, type?: string): NewEvent[] {
  return Array.from({ length: count }, (_, n) => newEvent({ n }, type));
}

export const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** Appends to one stream, and must succeed. */
export async function write(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<AppendOutcome> {
  const [outcome] = await store.append([{ stream, expected: 'any', events }]);
  if (outcome?.outcome !== 'appended') throw new Error(`The append to ${stream} failed.`);
  return outcome;
}

/** Gives each test of the block a store over a line that it may disturb, and has written over it, where a stream must be and where it may be. */
export function eachOverLine(context: Context, use: (over: { store: EventStore; line: Line }) => void): void {
  let over: { store: EventStore; line: Line };
  beforeEach(async () => {
    over = await context.harness.openOverLine();
    use(over);
    await write(over.store, freshStream(), [newEvent()]);
    await over.store.append([{ stream: freshStream(), expected: 'none', events: [newEvent()] }]);
  });
  afterEach(async () => {
    over.line.cut();
    await over.store.close();
  });
}

/** What the store answers when a call fails; fails itself when the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<StoreUnavailable['outcome']> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreUnavailable)) throw new Error('The call should have found the store unavailable.', { cause: error });
  return error.outcome;
}

/** Reads page after page up to the head that the log has when it begins. */
export async function readOn(store: EventStore, after: number, limit?: number): Promise<RecordedEvent[]> {
  const head = await store.head();
  const events: RecordedEvent[] = [];
  for (let position = after; position < head; ) {
    const page = await store.readAll({ after: position, limit });
    events.push(...page.events);
    position = page.position;
  }
  return events.filter(({ position }) => position <= head);
}

/** Takes pages until it has so many events, or until there are no more. */
export async function take(pages: AsyncIterable<EventPage>, count: number): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of pages) {
    events.push(...page.events);
    if (events.length >= count) break;
  }
  return events;
}

/** Waits until something holds; the time limit of the test is its bound. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(10);
}
