// One engine and two on one store, with the same load, in turns.
import { claims } from './claims.mjs';
import { startEngine } from './engine.mjs';
import { load } from './load.mjs';

const CLIENTS = 32;
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
      for (const turn of [1, 2])
        for (const [where, projectOf] of KINDS)
          for (const url of [both.slice(0, 1), both])
            yield [
              `claims, ${CLIENTS} clients, ${where}, ${url.length} of 2 instances`,
              await load({ url, clients: CLIENTS, seconds, operation: claims(projectOf(`${turn}-${url.length}`)) }),
            ];
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
}
