import { isEndReached, segmentsOf, startOf } from './positions';
import type { Resource } from './resource';

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

const isAtOrBelow = (path: string, above: string): boolean =>
  path.startsWith(above) && (path.length === above.length || path.charAt(above.length) === '/');
