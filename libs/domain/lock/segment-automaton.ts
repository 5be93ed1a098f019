import { ANY_CHARACTER, type CharacterSet, includes, shared } from './character-set';
import type { Segment, Token } from './resource-segment';

/** One state: it may go on for nothing (`free`), or to `to` by a character of `on`. */
interface State {
  on: CharacterSet | undefined;
  to: number;
  readonly free: number[];
}

/** Accepts the names that a segment matches. It starts in state 0 and ends in its last one; its size is linear in the segment's length. */
export type Automaton = readonly State[];

type Glob = Extract<Segment, { kind: 'glob' }>;

const automata = new WeakMap<Glob, Automaton>();

/** The automaton of a segment; built when first needed, and kept as long as the segment is. */
export const automatonOf = (segment: Glob): Automaton => {
  const known = automata.get(segment);
  if (known) return known;
  const built = build(segment.tokens);
  automata.set(segment, built);
  return built;
};

const build = (tokens: readonly Token[]): Automaton => {
  const states: State[] = [];
  const add = (): State => {
    const state: State = { on: undefined, to: 0, free: [] };
    states.push(state);
    return state;
  };
  const unclosed: { split: State; ends: State[] }[] = [];
  let end = add();

  const consume = (on: CharacterSet): void => {
    end.on = on;
    end.to = states.length;
    end = add();
  };
  const goFreely = (from: State): void => {
    from.free.push(states.length);
    end = add();
  };

  for (const token of tokens) {
    const braces = unclosed.at(-1);
    switch (token.kind) {
      case 'literal':
      case 'wildcard':
        consume(token.of);
        break;
      case 'run':
        end.on = ANY_CHARACTER;
        end.to = states.length - 1;
        goFreely(end);
        break;
      case 'open':
        unclosed.push({ split: end, ends: [] });
        goFreely(end);
        break;
      case 'or':
        braces?.ends.push(end);
        if (braces) goFreely(braces.split);
        break;
      case 'close':
        for (const earlier of braces?.ends ?? []) earlier.free.push(states.length);
        goFreely(end);
        unclosed.pop();
        break;
    }
  }
  return states;
};

/** Whether a name is accepted: all states that it can lead to are followed at once. */
export const acceptsName = (automaton: Automaton, name: string): boolean => {
  let reached = withFree(automaton, new Set([0]));
  for (const character of name) {
    const next = new Set<number>();
    for (const index of reached) {
      const state = automaton[index];
      if (state?.on && includes(state.on, character.codePointAt(0) ?? 0)) next.add(state.to);
    }
    if (next.size === 0) return false;
    reached = withFree(automaton, next);
  }
  return reached.has(automaton.length - 1);
};

/** Adds the states that can be reached for nothing; iterating over a set comes to what is added meanwhile, too. */
const withFree = (automaton: Automaton, states: Set<number>): Set<number> => {
  for (const index of states) for (const target of automaton[index]?.free ?? []) states.add(target);
  return states;
};

const ANY_NAME = build([{ kind: 'run' }]);
const globsWithNames = new WeakMap<Glob, boolean>();

/** Whether there is a name that a segment matches: not for `{}`, `[z-a]` or `[.]`. */
export const matchesSomeName = (segment: Segment): boolean => {
  if (segment.kind !== 'glob') return true;
  const known = globsWithNames.get(segment);
  if (known !== undefined) return known;
  const found = acceptSameName(automatonOf(segment), ANY_NAME);
  globsWithNames.set(segment, found);
  return found;
};

/** How much of a name has been read, as far as it matters: names are never empty, `.` or `..`. */
const NOTHING = 0;
const TWO_DOTS = 2;
const A_NAME = 3;

/**
 * Whether some name is accepted by both: a search through the pairs of their states. Each pair is visited a few times at most, so the time is
 * bounded by the product of the sizes, whatever the patterns.
 */
export const acceptSameName = (one: Automaton, other: Automaton): boolean => {
  const width = other.length;
  const lastOfOne = one.length - 1;
  const lastOfOther = width - 1;
  const visited = new Uint8Array(one.length * width);
  const pending: number[] = [];

  const visit = (i: number, j: number, read: number): void => {
    const pair = i * width + j;
    const known = visited[pair] ?? 0;
    // Whoever has read a name already can go wherever one can go who has not.
    if (known & ((1 << read) | (1 << A_NAME))) return;
    visited[pair] = known | (1 << read);
    pending.push(pair * 4 + read);
  };

  visit(0, 0, NOTHING);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const read = next % 4;
    const pair = (next - read) / 4;
    const j = pair % width;
    const i = (pair - j) / width;
    if (read === A_NAME && i === lastOfOne && j === lastOfOther) return true;

    const a = one[i];
    const b = other[j];
    if (!a || !b) continue;
    for (const target of a.free) visit(target, j, read);
    for (const target of b.free) visit(i, target, read);
    if (a.on && b.on) {
      const both = shared(a.on, b.on);
      if (both.dot) visit(a.to, b.to, read >= TWO_DOTS ? A_NAME : read + 1);
      if (both.other) visit(a.to, b.to, A_NAME);
    }
  }
  return false;
};
