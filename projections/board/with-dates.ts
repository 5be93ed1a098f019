/** Rows that came as JSON, with their times (what is named `…_at`) as the driver gives them. */
export function withDates<Row extends object>(rows: Row[]): Row[] {
  for (const row of rows as Record<string, unknown>[]) {
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'string' && name.endsWith('_at')) row[name] = new Date(value);
    }
  }
  return rows as Row[];
}
