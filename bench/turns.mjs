// Measuring several things in turns: from one turn to the next a shared machine differs by more than they do.
const average = (rows, of) => rows.reduce((sum, row) => sum + row[of], 0) / rows.length;

/**
 * Runs each of these once in every turn; who comes first does so in every other one. `run(name, turn)` resolves to a summary (see load.mjs).
 * Gives `{name, all, average}` for each: its summaries, and what is in them on the average.
 */
export async function inTurns(turns, names, run) {
  const rows = new Map(names.map((name) => [name, []]));
  for (let turn = 1; turn <= turns; turn += 1) for (const name of turn % 2 ? names : names.toReversed()) rows.get(name).push(await run(name, turn));
  return [...rows].map(([name, all]) => ({ name, all, average: Object.fromEntries(Object.keys(all[0]).map((of) => [of, average(all, of)])) }));
}
