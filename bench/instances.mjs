// One engine and two on one store, with the same load, in turns, and what each gives on the average: from turn to turn a shared machine differs by more.
import { claims } from './claims.mjs';
import { startEngine } from './engine.mjs';
import { load } from './load.mjs';

const CLIENTS = 32;
const TURNS = 4;
const KINDS = [
  ['one project', (turn) => () => `one-${turn}`],
  ['32 projects', (turn) => (client) => `many-${turn}-${client}`],
];

const average = (rows, of) => rows.reduce((sum, row) => sum + row[of], 0) / rows.length;

/** Rows of `[name, summary]`. */
export async function* instanceBenchmarks(seconds) {
  const first = await startEngine();
  try {
    const second = await startEngine({ DATABASE_URL: first.databaseUrl });
    try {
      const both = [first.url, second.url];
      await load({ url: both, clients: CLIENTS, seconds: 4 * seconds, operation: claims(() => 'warm-up') });
      for (const [where, projectOf] of KINDS) {
        const rows = { 1: [], 2: [] };
        for (let turn = 1; turn <= TURNS; turn += 1)
          // who comes first does so in every other turn
          for (const instances of turn % 2 ? [1, 2] : [2, 1])
            rows[instances].push(
              await load({ url: both.slice(0, instances), clients: CLIENTS, seconds, operation: claims(projectOf(`${turn}-${instances}`)) }),
            );
        for (const [instances, all] of Object.entries(rows)) {
          for (const [turn, row] of all.entries()) yield [`claims, ${CLIENTS} clients, ${where}, ${instances} of 2 instances, turn ${turn + 1}`, row];
          const [rate, p50, p99] = ['rate', 'p50', 'p99'].map((of) => average(all, of));
          yield [`claims, ${CLIENTS} clients, ${where}, ${instances} of 2 instances, average`, { rate, p50, p99 }];
        }
      }
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
}
