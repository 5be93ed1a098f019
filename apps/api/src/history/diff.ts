import type { DiffEvent } from '@projections/history/index';

/** An event as a diff shows it. */
export type Happening = { position: number; type: string; at: string; actor: string | null; data: object };
/** A thing that has a stream of its own: what was said of it last before the range, and last in it. */
export type Change = {
  id: string;
  stream: string;
  project_key: string | null;
  events: number;
  types: string[];
  from: Happening | null;
  to: Happening;
};
export type ComponentChange = { project_key: string | null; component: string; events: number; from: object | null; to: object };

/** What changed, by concept; concepts that are not named are among `others`, by the first word of their streams. */
export type Changes = {
  types: Record<string, number>;
  locks: Record<string, Happening[]>;
  components: ComponentChange[];
  others: Record<string, Change[]>;
};

/** All locks of a project have one stream: each event speaks of its lock. */
const LOCKS = 'lock';
const COMPONENTS = 'component';

/** The first word of a stream's name. */
const kindOf = (stream: string): string => stream.split('-', 1)[0] ?? stream;

/** `LockClaimed` is `claimed`, `LockRequestQueued` is `request_queued`. */
const wordOf = (type: string): string =>
  type
    .replace(/^Lock/, '')
    .replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();

export const hasOwnStream = ({ stream }: DiffEvent): boolean => kindOf(stream) !== LOCKS;

/**
 * What events of a range, in order, come to.
 * @param before of each stream that holds one thing the last event before the range, where there is one
 */
export function changesIn(events: readonly DiffEvent[], before: readonly DiffEvent[]): Changes {
  const changes: Changes = { types: {}, locks: { claimed: [], released: [], expired: [], broken: [] }, components: [], others: {} };
  for (const { type } of events) changes.types[type] = (changes.types[type] ?? 0) + 1;
  const earlier = new Map(before.map((event) => [event.stream, event]));
  for (const event of events.filter((one) => !hasOwnStream(one))) push(changes.locks, wordOf(event.type), happening(event));
  for (const [stream, its] of byStream(events.filter(hasOwnStream))) {
    const [from, to] = [earlier.get(stream) ?? null, its.at(-1) as DiffEvent];
    if (kindOf(stream) === COMPONENTS) changes.components.push(componentChange(its.length, from, to));
    else push(changes.others, `${kindOf(stream)}s`, change(its, from, to));
  }
  return changes;
}

const happening = ({ position, type, at, actor, data }: DiffEvent): Happening => ({
  position: Number(position),
  type,
  at: at.toISOString(),
  actor,
  data,
});

const componentChange = (events: number, from: DiffEvent | null, to: DiffEvent): ComponentChange => ({
  project_key: to.project_key,
  component: String(to.data.component),
  events,
  from: from?.data ?? null,
  to: to.data,
});

const change = (its: readonly DiffEvent[], from: DiffEvent | null, to: DiffEvent): Change => ({
  id: to.stream.slice(to.stream.indexOf('-') + 1),
  stream: to.stream,
  project_key: its.find(({ project_key }) => project_key !== null)?.project_key ?? null,
  events: its.length,
  types: [...new Set(its.map(({ type }) => type))],
  from: from && happening(from),
  to: happening(to),
});

function byStream(events: readonly DiffEvent[]): Map<string, DiffEvent[]> {
  const streams = new Map<string, DiffEvent[]>();
  for (const event of events) {
    const its = streams.get(event.stream);
    if (its) its.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}

function push<T>(lists: Record<string, T[]>, name: string, item: T): void {
  const list = lists[name] ?? [];
  lists[name] = list;
  list.push(item);
}
