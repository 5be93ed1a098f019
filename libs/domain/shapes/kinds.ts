import type { DomainEvent } from '../decider';

type Fields = Readonly<Record<string, unknown>>;
export interface AnyKind {
  /** Completes "must be …". */
  readonly wanted: string;
  accepts(value: unknown): boolean;
  /** Of an object: what its members take. Others may stand beside them. */
  readonly members?: Readonly<Record<string, AnyKind>>;
}

/** What a member of an event takes, neither more nor less than its type says: as much as deciders and read models rely on. */
export interface Kind<in out T> extends AnyKind {
  accepts(value: unknown): value is T;
}

/** What each member that a type names takes; where it lets others stand beside them, these are not looked at. */
export type Members<Data> = { readonly [Name in keyof Data as string extends Name ? never : Name]-?: Kind<Data[Name]> };

/** The events of one kind of stream, as the log has to hold them. */
export interface StreamShape<Event extends DomainEvent> {
  /** The stream in which an event with these data stands; `stream` is where it was found. */
  stream(data: Event['data'], stream: string): string;
  /** The type of the first event of each such stream, which comes nowhere else. Left out: any may be the first. */
  first?: Event['type'];
  /** What the data of each type hold. */
  events: { readonly [Type in Event['type']]: Members<Extract<Event, { type: Type }>['data']> };
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function kind<T>(wanted: string, accepts: (value: unknown) => boolean): Kind<T> {
  return { wanted, accepts: accepts as Kind<T>['accepts'] };
}

/** The first member that is wrong, by its way from `name` on, and what it must be; null: all is as wanted. */
export function misfit(name: string, value: unknown, { wanted, accepts, members }: AnyKind): { name: string; wanted: string } | null {
  if (accepts(value)) return null;
  if (!members || !isObject(value)) return { name, wanted };
  for (const [member, its] of Object.entries(members)) {
    const found = misfit(`${name}.${member}`, value[member], its);
    if (found !== null) return found;
  }
  return null;
}

const isText = (value: unknown): value is string => typeof value === 'string';
export const text = kind<string>('a string', isText);

/** Longest `session_id`, `project_key` and the like, in characters (protocol, "General"); the longest that the index of a read model takes are three of them. */
export const LENGTH_OF_KEYS = 200;
/** What things are named and found by: sessions, projects, components, … */
export const key = kind<string>(
  `a string of 1 to ${LENGTH_OF_KEYS} characters`,
  (value) =>
    isText(value) && value !== '' && (value.length <= LENGTH_OF_KEYS || (value.length <= 2 * LENGTH_OF_KEYS && [...value].length <= LENGTH_OF_KEYS)),
);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const uuid = kind<string>('a UUID', (value) => isText(value) && UUID.test(value));

/** In the one notation in which the order of the texts is that of the times; from the year 1, where the calendar of Postgres begins. */
export const time = kind<string>('a time in UTC with milliseconds, such as 2026-05-12T15:30:00.000Z', (value) => {
  if (!isText(value) || value.length !== 24 || value < '0001') return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value;
});

export const flag = kind<boolean>('true or false', (value) => typeof value === 'boolean');
/** `within`: both included. */
export const number = (...[min, max]: readonly [number, number]): Kind<number> =>
  kind(`a number from ${min} to ${max}`, (value) => typeof value === 'number' && value >= min && value <= max);
export const integer = (...[min, max]: readonly [number, number]): Kind<number> =>
  kind(`an integer from ${min} to ${max}`, (value) => Number.isInteger(value) && number(min, max).accepts(value));
/** The number of a change. What comes after it has to fit, too. */
export const revision = integer(1, 1_000_000_000);
export const milliseconds = integer(0, 1e15);

export const oneOf = <const T extends string>(values: readonly T[]): Kind<T> =>
  kind(`one of ${values.join(', ')}`, (value) => (values as readonly unknown[]).includes(value));

export const orNull = <T>({ wanted, accepts, members }: Kind<T>): Kind<T | null> => ({
  ...kind<T | null>(`${wanted} or null`, (value) => value === null || accepts(value)),
  members,
});
/** May be left out. */
export const optional = <T>({ wanted, accepts, members }: Kind<T>): Kind<T | undefined> => ({
  ...kind<T | undefined>(wanted, (value) => value === undefined || accepts(value)),
  members,
});
export const either = <A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> =>
  kind(`${a.wanted} or ${b.wanted}`, (value) => a.accepts(value) || b.accepts(value));

export const listOf = <T>(item: Kind<T>): Kind<T[]> =>
  kind(`a list of items, each ${item.wanted}`, (value) => Array.isArray(value) && value.every(item.accepts));

/** An object with at least these members. */
export const object = <T extends object>(members: Members<T>): Kind<T> => {
  const all = Object.entries<AnyKind>(members);
  return { ...kind<T>('an object', (value) => isObject(value) && all.every(([name, { accepts }]) => accepts(value[name]))), members };
};
/** Any JSON: what is sent and given out again as it is. */
export const json = <T>(): Kind<T> => kind('JSON', (value) => value !== undefined);
export const jsonObject = <T extends object>(): Kind<T> => kind('an object', isObject);
