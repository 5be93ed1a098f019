import type { PendingQuery, Row, Sql } from 'postgres';

/** A part of a statement: what a template holds. */
class Part {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly unknown[],
  ) {}
}

/**
 * Puts a statement of many parts together and sends it as one text, which the server prepares once. The result is that of the tag itself, but
 * postgres.js makes a promise of every part of a template: for one of a hundred parts that costs the engine more than the answer does.
 *
 * @param statement gets the tag for the statement and its parts. Values are parameters as ever; the helpers of `sql` (`sql.json`, `sql(name)`) are
 * not there.
 */
export function sendWhole<Rows extends readonly Row[]>(sql: Sql, statement: (part: Sql) => unknown): PendingQuery<Rows extends Row[] ? Rows : Row[]> {
  const tag = (texts: TemplateStringsArray, ...values: unknown[]): Part => new Part(texts, values);
  const parameters: never[] = [];
  // To those who write parts it is the tag that they know.
  const text = textOf(statement(tag as unknown as Sql), parameters);
  return sql.unsafe(text, parameters, { prepare: true });
}

function textOf(part: unknown, parameters: unknown[]): string {
  if (!(part instanceof Part)) return `$${parameters.push(part)}`;
  let text = part.texts[0] ?? '';
  for (const [place, value] of part.values.entries()) text += textOf(value, parameters) + part.texts[place + 1];
  return text;
}
