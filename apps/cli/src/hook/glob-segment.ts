/** What stands between two slashes of a pattern. */
export interface SegmentTest {
  isGlob: boolean;
  matches: (name: string) => boolean;
}

/** A piece of a segment; `to` are the places where reading may go on without a character. */
type Piece = { kind: 'literal' | 'class'; of: (character: string) => boolean } | { kind: 'run' } | { kind: 'open' | 'or' | 'close'; to: number[] };

/**
 * Reads one segment by the rules of the engine: a class ends at the first `]` that is not its first member and binds stronger than braces,
 * `!` negates, braces without their counterpart are literal, `**` beside something else is `*`. A name that is written the same always matches.
 */
export function segmentTest(text: string): SegmentTest {
  const pieces = piecesOf(Array.from(text));
  if (pieces.every(({ kind }) => kind === 'literal')) return { isGlob: false, matches: (name) => name === text };
  return { isGlob: true, matches: (name) => name === text || reads(pieces, name) };
}

/** Every place that the characters may lead to is followed at once: no pattern takes longer than its length times the name's. */
function reads(pieces: readonly Piece[], name: string): boolean {
  let places = new Set<number>();
  enter(pieces, places, 0);
  for (const character of name) {
    const next = new Set<number>();
    for (const place of places) {
      const piece = pieces[place];
      if (piece?.kind === 'run') enter(pieces, next, place);
      else if (piece !== undefined && 'of' in piece && piece.of(character)) enter(pieces, next, place + 1);
    }
    places = next;
  }
  return places.has(pieces.length);
}

function enter(pieces: readonly Piece[], places: Set<number>, place: number): void {
  if (places.has(place)) return;
  places.add(place);
  const piece = pieces[place];
  if (piece?.kind === 'run') enter(pieces, places, place + 1);
  if (piece !== undefined && 'to' in piece) for (const next of piece.to) enter(pieces, places, next);
}

function piecesOf(characters: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  const unclosed: { open: number; commas: number[] }[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    const end = character === '[' ? characters.indexOf(']', (characters[at + 1] === '!' ? at + 2 : at + 1) + 1) : -1;
    if (character === '*') {
      if (characters[at + 1] === '*') at++;
      pieces.push({ kind: 'run' });
    } else if (character === '?') {
      pieces.push({ kind: 'class', of: () => true });
    } else if (end !== -1) {
      pieces.push({ kind: 'class', of: classOf(characters.slice(at + 1, end)) });
      at = end;
    } else if (character === '}' && unclosed.length > 0) {
      closeBraces(pieces, unclosed.pop() ?? { open: 0, commas: [] });
    } else {
      if (character === '{') unclosed.push({ open: pieces.length, commas: [] });
      if (character === ',') unclosed.at(-1)?.commas.push(pieces.length);
      pieces.push({ kind: 'literal', of: (other) => other === character });
    }
  }
  return pieces;
}

/** Only now that they are closed were they braces. */
function closeBraces(pieces: Piece[], { open, commas }: { open: number; commas: number[] }): void {
  const after = pieces.length + 1;
  pieces[open] = { kind: 'open', to: [open, ...commas].map((start) => start + 1) };
  for (const comma of commas) pieces[comma] = { kind: 'or', to: [after] };
  pieces.push({ kind: 'close', to: [after] });
}

function classOf(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === '!';
  const members = negated ? inside.slice(1) : inside;
  const ranges: [number, number][] = [];
  for (let at = 0; at < members.length; at++) {
    const first = codePoint(members[at]);
    if (members[at + 1] === '-' && at + 2 < members.length) at += 2;
    ranges.push([first, codePoint(members[at])]);
  }
  return (character) => {
    const point = codePoint(character);
    return ranges.some(([first, last]) => first <= point && point <= last) !== negated;
  };
}

const codePoint = (character = ''): number => character.codePointAt(0) ?? 0;
