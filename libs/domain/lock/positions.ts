import type { PathPattern, PlainPath } from './resource';
import { GLOBSTAR, type Segment } from './resource-segment';
import { acceptSameName, acceptsName, automatonOf, matchesSomeName } from './segment-automaton';

/**
 * Where a reader of some path may stand in a sequence of segments: before which of them, ascending (the sequence's length: at its end).
 * Empty: no path that the sequence matches begins like what was read.
 */
export type Positions = readonly number[];

/** What a plain path goes on with: anything, also nothing, since it is itself and everything below it. */
export const BELOW: readonly Segment[] = [GLOBSTAR];

/** A path or pattern as what has to be read from its start to its end. */
export const segmentsOf = (resource: PlainPath | PathPattern): readonly Segment[] =>
  resource.kind === 'pattern' ? resource.segments : [...resource.segments.map(literal), ...BELOW];

export const literal = (text: string): Segment => ({ kind: 'literal', text });

/** The positions before anything was read. */
export const startOf = (segments: readonly Segment[]): Positions => {
  const start: number[] = [];
  reach(start, segments, 0, isGlobstar);
  return start;
};

/** The positions after reading what `step` stands for: one name that it matches, or for `**` any names, also none. */
export const advance = (segments: readonly Segment[], positions: Positions, step: Segment): Positions => {
  const reached: number[] = [];
  for (const position of positions) {
    const segment = segments[position];
    if (step.kind === 'globstar') reach(reached, segments, position, matchesSomeName);
    else if (segment?.kind === 'globstar') {
      if (matchesSomeName(step)) reach(reached, segments, position, isGlobstar);
    } else if (segment && matchSameName(segment, step)) reach(reached, segments, position + 1, isGlobstar);
  }
  return reached;
};

/** Whether the end of `segments` can be reached from `positions` by reading `steps`. */
export const isEndReached = (segments: readonly Segment[], positions: Positions, steps: readonly Segment[]): boolean => {
  let reached = positions;
  for (const step of steps) {
    if (reached.length === 0) return false;
    reached = advance(segments, reached, step);
  }
  return reached.at(-1) === segments.length;
};

/**
 * Adds `start`, and those behind it as far as what lies between may be passed. Starts come in ascending order and each adds a run of
 * neighbours, so what is not beyond the last one is there already, with all that follows from it.
 */
const reach = (reached: number[], segments: readonly Segment[], start: number, mayPass: (segment: Segment) => boolean): void => {
  let position = start;
  while (position > (reached.at(-1) ?? -1)) {
    reached.push(position);
    const segment = segments[position];
    if (!segment || !mayPass(segment)) return;
    position++;
  }
};

/** `**` may stand for nothing, so whoever is before it is behind it, too. */
const isGlobstar = (segment: Segment): boolean => segment.kind === 'globstar';

const matchSameName = (one: Exclude<Segment, typeof GLOBSTAR>, other: Exclude<Segment, typeof GLOBSTAR>): boolean => {
  if (one.kind === 'literal') return other.kind === 'literal' ? one.text === other.text : acceptsName(automatonOf(other), one.text);
  if (other.kind === 'literal') return acceptsName(automatonOf(one), other.text);
  return acceptSameName(automatonOf(one), automatonOf(other));
};
