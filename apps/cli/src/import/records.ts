import { readFileSync, statSync } from 'node:fs';
import type { Reason } from './entry';

export type JsonRecord = Record<string, unknown>;

/** The records of a file, or why there are none. */
export type FileContent = { records: JsonRecord[]; notes: string[]; mtimeMs: number } | { reason: Reason; detail?: string };

/** Above what the engine takes as one record, in bytes; a log may lie among the records. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Reads a file of a real tree: with a byte order mark, with text behind the JSON, with several objects or a list of them. */
export function readRecords(path: string): FileContent {
  try {
    const { size, mtimeMs } = statSync(path);
    if (size > MOST_BYTES) return { reason: 'too-big', detail: `${size} bytes` };
    const text = decoded(readFileSync(path));
    if (text === null) return { reason: 'binary' };
    const content = recordsIn(text);
    return 'reason' in content ? content : { ...content, mtimeMs };
  } catch (error) {
    return { reason: 'unreadable', detail: (error as NodeJS.ErrnoException).code };
  }
}

/** The text of a file in UTF-8, or in UTF-16 with its mark, as some shells write it; null for what is no text. */
function decoded(bytes: Buffer): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** The objects at the top of a text, and of lists there. */
export function recordsIn(text: string): { records: JsonRecord[]; notes: string[] } | { reason: Reason; detail?: string } {
  if (text.trim() === '') return { reason: 'empty' };
  const whole = parsed(text.replace(/^\ufeff/, ''));
  const { values, rest } = whole && typeof whole.of === 'object' && whole.of !== null ? { values: [whole.of], rest: '' } : valuesIn(text);
  if (values.length === 0) {
    if (whole) return { reason: 'no-object' };
    return { reason: 'no-json', ...(/^<{7} /m.test(text) && { detail: 'an unresolved merge conflict' }) };
  }
  const all = values.flat();
  const records = all.filter(isRecord);
  if (records.length === 0) return { reason: 'no-object' };
  const notes = [
    ...(rest === '' ? [] : [`text after the JSON left out: ${JSON.stringify(rest.slice(0, 40))}`]),
    ...(records.length < all.length ? ['what is no object left out'] : []),
  ];
  return { records, notes };
}

/** Values that follow each other, apart by blanks, commas or nothing, and the text behind the last of them. */
function valuesIn(text: string): { values: unknown[]; rest: string } {
  const values: unknown[] = [];
  let at = 0;
  for (;;) {
    const start = at + (/^[\s,]*/.exec(text.slice(at))?.[0].length ?? 0);
    const end = text[start] === '{' || text[start] === '[' ? endOfValue(text, start) : -1;
    const value = end < 0 ? null : parsed(text.slice(start, end));
    if (!value) return { values, rest: text.slice(start).trim() };
    values.push(value.of);
    at = end;
  }
}

/** Behind the bracket that closes the one at `start`; -1 where none does. */
function endOfValue(text: string, start: number): number {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{[]|[}\]]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '{' || token[0] === '[') depth += 1;
    else if (token[0] === '}' || token[0] === ']') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return -1;
}

function parsed(text: string): { of: unknown } | null {
  try {
    return { of: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

export const isRecord = (value: unknown): value is JsonRecord => typeof value === 'object' && value !== null && !Array.isArray(value);
