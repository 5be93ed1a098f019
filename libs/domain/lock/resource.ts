import { GLOBSTAR, parseSegment, type Segment, wildcardsIn } from './resource-segment';

/**
 * What a lock is on, in its normal form (protocol, "Resources"). `text` is shown to callers, and parsing it again gives the same resource.
 * - `opaque`: a key with a scheme, compared whole;
 * - `plain`: a path, itself and everything below it; its names are `segments`;
 * - `pattern`: only what it matches; `literalPrefix` holds the names before its first wildcard segment.
 */
export type Resource = OpaqueKey | PlainPath | PathPattern;

export interface OpaqueKey {
  readonly kind: 'opaque';
  readonly text: string;
}

export interface PlainPath {
  readonly kind: 'plain';
  readonly text: string;
  readonly segments: readonly string[];
}

export interface PathPattern {
  readonly kind: 'pattern';
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly literalPrefix: readonly string[];
}

/** Why a text is no resource: a sentence for the caller that says what to do. */
export interface InvalidResource {
  readonly invalid: string;
}

/** Bounds of a pattern after normalising, from the protocol; lengths are in characters (code points). */
export const MAX_PATTERN_LENGTH = 1_024;
export const MAX_WILDCARDS = 32;
/** Bound of plain paths and keys, on which the protocol has none: Linux's PATH_MAX, so that no path that exists is refused. */
export const MAX_PATH_LENGTH = 4_096;

const SCHEME = /^[a-z]{2,}:/i;
const IN_NO_PATH = /[\0\p{Surrogate}]/u;
const MAY_BE_WILDCARD = /[*?[{]/;

// A claim is decided and then folded: what was parsed is most often parsed again at once. Pure all the same.
let last: { text: string | null; parsed: Resource | InvalidResource } = { text: null, parsed: { invalid: '' } };

/**
 * Normalises what a caller sent as a resource: a key whose scheme has two letters (a–z) or more stays verbatim; in a path `\` becomes `/`,
 * `.` and empty segments go, a trailing slash goes from a plain path and adds `/**` to a pattern.
 * Refused: `..`, nothing left, what is too long, more than 32 wildcards, NUL and halves of surrogate pairs (no store keeps them as sent).
 */
export const parseResource = (text: string): Resource | InvalidResource => {
  if (last.text !== text) last = { text, parsed: parsed(text) };
  return last.parsed;
};

const parsed = (text: string): Resource | InvalidResource => {
  if (IN_NO_PATH.test(text)) return { invalid: 'The resource holds a NUL or half of a surrogate pair, which no path can hold; leave it out.' };
  if (SCHEME.test(text)) return tooLong(text, MAX_PATH_LENGTH, 'resource') ?? { kind: 'opaque', text };

  const slashed = text.replaceAll('\\', '/');
  const names = slashed.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) return { invalid: 'The resource holds a `..` segment; write the path from the root of the project, without `..`.' };
  if (names.length === 0)
    return { invalid: 'The resource names nothing; give a path (`src/a.ts`), a pattern (`src/**`) or a key (`db:schema:users`).' };
  return pathOf(names, slashed.endsWith('/'));
};

const pathOf = (names: readonly string[], endsWithSlash: boolean): PlainPath | PathPattern | InvalidResource => {
  const text = normalForm(names);
  // Before the segments are read: reading takes time and memory in proportion.
  const unreadable = tooLong(text, MAX_PATH_LENGTH, 'resource');
  if (unreadable) return unreadable;

  if (!MAY_BE_WILDCARD.test(text)) return { kind: 'plain', text, segments: names };
  const segments = names.map(parseSegment);
  if (segments.every(({ kind }) => kind === 'literal')) return { kind: 'plain', text, segments: names };
  return endsWithSlash ? patternOf([...segments, GLOBSTAR]) : patternOf(segments);
};

const patternOf = (segments: readonly Segment[]): PathPattern | InvalidResource => {
  const names = segments.map((segment) => segment.text);
  const text = normalForm(names);
  const unbounded = tooLong(text, MAX_PATTERN_LENGTH, 'pattern');
  if (unbounded) return unbounded;

  const wildcards = segments.reduce((sum, segment) => sum + wildcardsIn(segment), 0);
  if (wildcards > MAX_WILDCARDS) {
    return { invalid: `The pattern has ${wildcards} wildcards, and ${MAX_WILDCARDS} are allowed; use fewer, or claim several patterns.` };
  }
  const firstWildcard = segments.findIndex(({ kind }) => kind !== 'literal');
  return { kind: 'pattern', text, segments, literalPrefix: names.slice(0, firstWildcard) };
};

/** A path such as `/db:x` keeps a `./` in front: as `db:x` it would be read as a key the next time, for instance from the log. */
const normalForm = (names: readonly string[]): string => {
  const text = names.join('/');
  return SCHEME.test(text) ? `./${text}` : text;
};

const tooLong = (text: string, bound: number, what: 'resource' | 'pattern'): InvalidResource | undefined => {
  // A string has never fewer units than characters, so the short ones need no counting.
  if (text.length <= bound) return undefined;
  const length = Array.from(text).length;
  return length > bound ? { invalid: `The ${what} is ${length} characters long, and ${bound} are allowed; claim a shorter one.` } : undefined;
};
