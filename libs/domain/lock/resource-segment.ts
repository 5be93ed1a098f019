import { ANY_CHARACTER, type CharacterSet, complement, intersection, single, union } from './character-set';

/** A piece of a segment in reading order. `open`, `or` and `close` are those of balanced braces only. */
export type Token =
  | { readonly kind: 'literal' | 'wildcard'; readonly of: CharacterSet }
  | { readonly kind: 'run' }
  | { readonly kind: 'open' }
  | { readonly kind: 'or' }
  | { readonly kind: 'close' };

/** What stands between two slashes of a pattern: a name, `**` (any number of segments, also none), or something that many names match. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'globstar'; readonly text: '**' }
  | { readonly kind: 'glob'; readonly text: string; readonly tokens: readonly Token[] };

export const GLOBSTAR = { kind: 'globstar', text: '**' } as const satisfies Segment;

const RUN: Token = { kind: 'run' };
const OPEN: Token = { kind: 'open' };
const OR: Token = { kind: 'or' };
const CLOSE: Token = { kind: 'close' };

/**
 * Reads one segment (no `/`, no `\`). The rules that the protocol leaves open are those of POSIX globs where these have one:
 * - a class ends at the first `]` that is not its first member, so `[]` and `[!]` are literal; `-` at either end is a member, and a range
 *   that runs backwards holds nothing; `^` is a character like any other, only `!` negates;
 * - a class binds stronger than braces: `{[,],b}` is a comma or a `b`;
 * - braces with one alternative are balanced, so `{a}` matches `a`; a `{` without its `}` is literal, and so are its commas;
 * - `**` beside something else is `*`.
 */
export const parseSegment = (text: string): Segment => {
  if (text === '**') return GLOBSTAR;
  const tokens = tokensOf(Array.from(text));
  return tokens.every((token) => token.kind === 'literal') ? { kind: 'literal', text } : { kind: 'glob', text, tokens };
};

/** How many wildcards a segment counts towards the bound: each `*`, `?`, class, pair of braces or `**` is one. */
export const wildcardsIn = (segment: Segment): number => {
  if (segment.kind === 'literal') return 0;
  if (segment.kind === 'globstar') return 1;
  return segment.tokens.filter(({ kind }) => kind === 'wildcard' || kind === 'run' || kind === 'open').length;
};

const tokensOf = (characters: readonly string[]): Token[] => {
  const tokens: Token[] = [];
  const unclosed: { open: number; commas: number[] }[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '*') {
      if (characters[at + 1] === '*') at++;
      tokens.push(RUN);
    } else if (character === '?') {
      tokens.push({ kind: 'wildcard', of: ANY_CHARACTER });
    } else if (character === '[' && endOfClass(characters, at) !== -1) {
      const end = endOfClass(characters, at);
      tokens.push({ kind: 'wildcard', of: classOf(characters.slice(at + 1, end)) });
      at = end;
    } else if (character === '}' && unclosed.length > 0) {
      const braces = unclosed.pop();
      if (braces) tokens[braces.open] = OPEN;
      for (const comma of braces?.commas ?? []) tokens[comma] = OR;
      tokens.push(CLOSE);
    } else {
      if (character === '{') unclosed.push({ open: tokens.length, commas: [] });
      if (character === ',') unclosed.at(-1)?.commas.push(tokens.length);
      tokens.push({ kind: 'literal', of: single(codePointOf(character)) });
    }
  }
  return tokens;
};

const endOfClass = (characters: readonly string[], start: number): number => {
  const firstMember = characters[start + 1] === '!' ? start + 2 : start + 1;
  return characters.indexOf(']', firstMember + 1);
};

const classOf = (inside: readonly string[]): CharacterSet => {
  const negated = inside[0] === '!';
  const members = negated ? inside.slice(1) : inside;
  const ranges: [number, number][] = [];
  for (let at = 0; at < members.length; at++) {
    const first = codePointOf(members[at]);
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    if (isRange) at += 2;
    ranges.push([first, codePointOf(members[at])]);
  }
  const named = union(ranges);
  return intersection(negated ? complement(named) : named, ANY_CHARACTER);
};

const codePointOf = (character = ''): number => character.codePointAt(0) ?? 0;
