export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object in a file, or text that is none. */
export interface Piece {
  text: string;
  value: JsonObject | null;
  /** It is one line, and nothing else stands on it. */
  ownLine: boolean;
}

export interface Pieces {
  pieces: Piece[];
  /** What begins as an object at the end and does not end: somebody may be writing it. */
  tail: string;
}

/** The JSON object that a text is; null for anything else. */
export function objectIn(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The objects of a file of JSON lines. `cat msg-*.json >> messages.jsonl` (reference 003) writes objects over several lines there, so an
 * object may go over lines; what can't be read ends where a line begins with the next one.
 */
export function piecesOf(text: string): Pieces {
  const pieces: Piece[] = [];
  for (let at = 0; ; ) {
    at = firstAfter(text, at);
    if (at === text.length) return { pieces, tail: '' };
    const end = endOfObject(text, at);
    const value = end === null ? null : objectIn(text.slice(at, end));
    if (value && end !== null) {
      pieces.push({ text: text.slice(at, end), value, ownLine: standsAlone(text, at, end) });
      at = end;
      continue;
    }
    const next = endOfTorn(text, at);
    if (next === text.length && text[at] === '{' && end === null) return { pieces, tail: text.slice(at).trimEnd() };
    pieces.push({ text: text.slice(at, next).trimEnd(), value: null, ownLine: false });
    at = next;
  }
}

function firstAfter(text: string, from: number): number {
  const blank = /[\s\ufeff]*/y;
  blank.lastIndex = from;
  blank.exec(text);
  return blank.lastIndex;
}

/** Where the object that begins here ends; null when it does not, as far as brackets and quotes tell. */
function endOfObject(text: string, from: number): number | null {
  if (text[from] !== '{') return null;
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
      else if (character === '\n') return null;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

/** Something torn ends where a line begins with an object; what is no object at all, at the end of its line. */
function endOfTorn(text: string, from: number): number {
  const next = text[from] === '{' ? text.indexOf('\n{', from) : text.indexOf('\n', from);
  return next < 0 ? text.length : next + 1;
}

function standsAlone(text: string, from: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  return !text.slice(from, end).includes('\n') && `${before}${after}`.trim() === '';
}
