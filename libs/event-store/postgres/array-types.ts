/** int4[], text[], int8[] and uuid[]: the arrays that go into our statements. None comes back. */
const ARRAYS = [1007, 1009, 1016, 2951];

const escaped = (item: string | number): string => String(item).replace(/\\/g, '\\\\').replace(/"/g, '\\"');

/** An array as Postgres reads it (documentation, 8.15.6). What is such a text already goes through as it is. */
const literal = (items: string | readonly (string | number | null)[]): string =>
  typeof items === 'string' ? items : `{${items.map((item) => (item === null ? 'null' : `"${escaped(item)}"`)).join(',')}}`;

/** JSON texts for `string_to_array(…, chr(10))`, which costs half of reading an array literal: such a text holds no raw line break. */
export const linesOf = (texts: readonly string[]): string => texts.join('\n');

/** An array literal of items that need no quotes: numbers, UUIDs. */
export const arrayOf = (items: readonly (string | number)[]): string => `{${items.join(',')}}`;

/**
 * For the options of every client. Without it postgres.js asks each new connection for the array types of the server, and when
 * that connection is lost meanwhile, the rejection reaches nobody and ends the process (3.4.9, `fetchArrayTypes`).
 */
export const knownArrayTypes = {
  fetch_types: false,
  types: { arrays: { to: 1009, from: ARRAYS, serialize: literal, parse: (text: string) => text } },
};
