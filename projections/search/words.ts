/** Longer words are known by their beginning; in UTF-16 units. A lexeme of Postgres ends at 2 KB. */
const LONGEST_WORD = 200;
/** Of one word: more says nothing new about what a text is about. */
const PLACES = 8;
/** The last place that a `tsvector` can name. */
const LAST_PLACE = 16_383;
/** Bytes of words that one `tsvector` holds, with some room: it ends at 1 MiB. */
const ROOM = 1_000_000;

/** Scripts that put no blanks between words: each character is taken for one. */
const UNSPACED = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const WORD = new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/**
 * The words of a text: runs of letters and digits of any language, in lower case. What stands between them only divides them, so
 * `src/build-agents.sh` and `COORD_HOST` are found by each of their parts. That is done here, and not by Postgres' own parser,
 * because that takes a path or a host for one word, and knows the letters of the database's locale alone.
 */
export function* wordsOf(text: string): Generator<string> {
  for (const [word] of text.normalize('NFC').toLowerCase().matchAll(WORD)) yield word.length > LONGEST_WORD ? beginningOf(word) : word;
}

/** Half a surrogate pair would be no text. */
const beginningOf = (word: string): string => word.slice(0, LONGEST_WORD).replace(/[\ud800-\udbff]$/, '');

/** All words of what somebody looks for, as a `tsquery`; null when there is none in it. There is no query language: nothing in `q` has a meaning of its own. */
export function queryOf(q: string): string | null {
  const words = new Set(wordsOf(q));
  return words.size === 0 ? null : [...words].map((word) => `'${word}'`).join(' & ');
}

/**
 * The words of a message with their places, as a `tsvector`. One that has too many for the places is kept without them: it is
 * found as well, but ranks lower. Of a message of which even the bare words take more than a `tsvector` holds (they are all
 * different, and the text is close to the largest body), those are left out that come last.
 */
export function vectorOf({ subject, body }: { subject: string; body: string }): string {
  const places = new Map<string, string[]>();
  let place = 0;
  for (const [text, weight] of [
    [subject, 'A'],
    [body, 'D'],
  ] as const) {
    for (const word of wordsOf(text)) {
      place = Math.min(place + 1, LAST_PLACE);
      const known = places.get(word);
      if (!known) places.set(word, [place + weight]);
      else if (known.length < PLACES) known.push(place + weight);
    }
  }
  let size = 0;
  for (const [word, at] of places) size += Buffer.byteLength(word) + 4 + 2 * at.length;
  if (size <= ROOM) return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
  return bare(places.keys());
}

function bare(words: Iterable<string>): string {
  const kept: string[] = [];
  let size = 0;
  for (const word of words) {
    size += Buffer.byteLength(word);
    if (size > ROOM) break;
    kept.push(`'${word}'`);
  }
  return kept.join(' ');
}
