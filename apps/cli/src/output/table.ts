import { stripVTControlCharacters } from 'node:util';
import { plainLine } from './plain-text';

const width = (text: string): number => [...stripVTControlCharacters(text)].length;

/**
 * Rows as columns that line up, under their heads. Cells are text of agents unless `styled` says that they are safe and may carry colours.
 * @param limit the longest a column may be; what is longer ends with an ellipsis
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], { limit = 60, styled = false } = {}): string {
  const cut = (cell: string): string => (width(cell) > limit ? `${[...cell].slice(0, limit - 1).join('')}…` : cell);
  const lines = [heads, ...rows.map((row) => (styled ? row : row.map((cell) => cut(plainLine(cell)))))];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
