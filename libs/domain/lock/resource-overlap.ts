import { isEndReached, literal, segmentsOf, startOf } from './positions';
import type { PathPattern, PlainPath, Resource } from './resource';

/**
 * Whether some path could match both resources (protocol, "Resources"); exact, not an estimate. A path is one or more names, and a name is
 * never empty, `.` or `..`. Costs at most the product of the two lengths: positions are searched, never spellings.
 */
export const overlaps = (one: Resource, other: Resource): boolean => {
  if (one.kind === 'opaque' || other.kind === 'opaque') return one.kind === other.kind && one.text === other.text;
  if (one.kind === 'plain' && other.kind === 'plain') return isAtOrBelow(one.text, other.text) || isAtOrBelow(other.text, one.text);
  const segments = segmentsOf(one);
  return isEndReached(segments, startOf(segments), segmentsOf(other));
};

/**
 * Whether whoever has locked `one` has locked all of `other`. A pattern covers the paths that it matches and itself; that one pattern lies
 * within another is seen only where the other is everything below a path.
 */
export const covers = (one: Resource, other: Resource): boolean => {
  if (one.text === other.text) return one.kind === other.kind;
  if (one.kind === 'opaque' || other.kind === 'opaque') return false;
  const root = one.kind === 'plain' ? one.segments : everythingBelow(one);
  if (root) return root.every((name, i) => literalNamesOf(other)[i] === name);
  if (other.kind === 'pattern') return false;
  return isEndReached(segmentsOf(one), startOf(segmentsOf(one)), other.segments.map(literal));
};

/** The names of `a/b` for `a/b/**`. */
const everythingBelow = ({ segments, literalPrefix }: PathPattern): readonly string[] | undefined =>
  segments.length === literalPrefix.length + 1 && segments.at(-1)?.kind === 'globstar' ? literalPrefix : undefined;

const literalNamesOf = (resource: PlainPath | PathPattern): readonly string[] =>
  resource.kind === 'plain' ? resource.segments : resource.literalPrefix;

const isAtOrBelow = (path: string, above: string): boolean =>
  path.startsWith(above) && (path.length === above.length || path.charAt(above.length) === '/');
