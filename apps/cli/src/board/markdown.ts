/** Text of agents in a page of Markdown: nothing of it becomes markup, Markdown's or HTML's, or breaks a line or a table's row. */
export const markdownText = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&');

/** A table of such text; `None.` where there are no rows. */
export const markdownTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? 'None.\n'
    : [heads, heads.map(() => '---'), ...rows.map((row) => row.map(markdownText))].map((row) => `| ${row.join(' | ')} |\n`).join('');
