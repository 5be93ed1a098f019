/**
 * A set of code points: ascending, disjoint, inclusive ranges one after another (`[first, last, first, last, …]`). Sets stay symbolic, since
 * `?` and `[!x]` stand for a million characters.
 */
export type CharacterSet = readonly number[];

const LAST_CODE_POINT = 0x10ffff;
const DOT = 0x2e;

/** What a name in a path can be made of: everything but NUL, `/`, `\` (it separates, too) and halves of surrogate pairs. */
export const ANY_CHARACTER: CharacterSet = [0x01, 0x2e, 0x30, 0x5b, 0x5d, 0xd7ff, 0xe000, LAST_CODE_POINT];

/** The set of one code point. */
export const single = (codePoint: number): CharacterSet => [codePoint, codePoint];

/** The set of all code points in some of `ranges` (`[first, last]` each, in any order; one that runs backwards is empty). */
export const union = (ranges: readonly (readonly [number, number])[]): CharacterSet => {
  const merged: number[] = [];
  let end = -2;
  for (const [first, last] of ranges.filter(([first, last]) => first <= last).sort(([one], [other]) => one - other)) {
    if (first > end + 1) merged.push(first, last);
    else merged[merged.length - 1] = Math.max(end, last);
    end = Math.max(end, last);
  }
  return merged;
};

/** All code points that are not in `set`. */
export const complement = (set: CharacterSet): CharacterSet => {
  const gaps: [number, number][] = [];
  let start = 0;
  for (const [first, last] of rangesOf(set)) {
    gaps.push([start, first - 1]);
    start = last + 1;
  }
  gaps.push([start, LAST_CODE_POINT]);
  return union(gaps);
};

/** The code points that are in both sets. */
export const intersection = (one: CharacterSet, other: CharacterSet): CharacterSet => {
  const shared: number[] = [];
  forEachShared(one, other, (first, last) => shared.push(first, last));
  return shared;
};

/** Whether a code point is in a set. */
export const includes = (set: CharacterSet, codePoint: number): boolean => {
  for (let i = 0; i < set.length; i += 2) if (codePoint <= (set[i + 1] ?? -1)) return codePoint >= (set[i] ?? 0);
  return false;
};

/** Whether two sets share the dot, and whether they share anything else: a name may not be `.` or `..`, so dots are counted apart. */
export interface Shared {
  dot: boolean;
  other: boolean;
}

export const shared = (one: CharacterSet, other: CharacterSet): Shared => {
  const found: Shared = { dot: false, other: false };
  forEachShared(one, other, (first, last) => {
    if (first <= DOT && DOT <= last) found.dot = true;
    if (first !== DOT || last !== DOT) found.other = true;
  });
  return found;
};

const forEachShared = (one: CharacterSet, other: CharacterSet, visit: (first: number, last: number) => void): void => {
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const endOfOne = one[i + 1] ?? -1;
    const endOfOther = other[j + 1] ?? -1;
    const first = Math.max(one[i] ?? 0, other[j] ?? 0);
    const last = Math.min(endOfOne, endOfOther);
    if (first <= last) visit(first, last);
    if (endOfOne < endOfOther) i += 2;
    else j += 2;
  }
};

function* rangesOf(set: CharacterSet): Generator<[number, number]> {
  for (let i = 0; i < set.length; i += 2) yield [set[i] ?? 0, set[i + 1] ?? 0];
}
