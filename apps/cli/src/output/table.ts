import { stripVTControlCharacters } from 'node:util';
import { plainLine } from './plain-text';

const LIMIT = 60;

const width = (text: string): number => [...stripVTControlCharacters(text)].length;

/**
 * Text of an agent as a cell: one safe line, no longer than `limit`; what is longer ends with an ellipsis. It may be coloured afterwards,
 * for a table that is `styled`.
 */
export function cell(text: string, limit = LIMIT): string {
  const line = plainLine(text);
  return width(line) > limit ? `${[...line].slice(0, limit - 1).join('')}…` : line;
}

/**
 * Rows as columns that line up, under their heads. Cells are text of agents unless `styled` says that they are safe and may carry colours.
 * @param limit the longest a column may be; what is longer ends with an ellipsis
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], { limit = LIMIT, styled = false } = {}): string {
  const lines = [heads, ...rows.map((row) => (styled ? row : row.map((text) => cell(text, limit))))];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - width(text)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
