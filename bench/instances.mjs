// One engine and two on one store, with the same load, in turns, and what each gives on the average.
import { claims } from './claims.mjs';
import { startEngine } from './engine.mjs';
import { load } from './load.mjs';
import { inTurns } from './turns.mjs';

const CLIENTS = 32;
const TURNS = 4;
const KINDS = [
  ['one project', (turn) => () => `one-${turn}`],
  ['32 projects', (turn) => (client) => `many-${turn}-${client}`],
];

/** Rows of `[name, summary]`. */
export async function* instanceBenchmarks(seconds) {
  const first = await startEngine();
  try {
    const second = await startEngine({ DATABASE_URL: first.databaseUrl });
    try {
      const both = [first.url, second.url];
      await load({ url: both, clients: CLIENTS, seconds: 4 * seconds, operation: claims(() => 'warm-up') });
      for (const [where, projectOf] of KINDS) {
        const run = (instances, turn) =>
          load({ url: both.slice(0, instances), clients: CLIENTS, seconds, operation: claims(projectOf(`${turn}-${instances}`)) });
        for (const { name: instances, all, average } of await inTurns(TURNS, [1, 2], run)) {
          const what = `claims, ${CLIENTS} clients, ${where}, ${instances} of 2 instances`;
          for (const [turn, row] of all.entries()) yield [`${what}, turn ${turn + 1}`, row];
          yield [`${what}, average`, average];
        }
      }
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
}
