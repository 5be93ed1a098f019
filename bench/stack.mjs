// Coord beside the stack that it is built on, with the same load, in turns: what the stack alone gives on a machine is what Coord could give at most.
import { claims, pairs } from './claims.mjs';
import { startBareStack, startEngine } from './engine.mjs';
import { load } from './load.mjs';

const TURNS = 4;
const KINDS = [
  ['claims, 1 client', 1, (turn) => claims(() => `alone-${turn}`)],
  ['claims, 32 clients, one project', 32, (turn) => claims(() => `one-${turn}`)],
  ['claim + release pairs, 32 clients, one project', 32, () => pairs],
];

const average = (rows, of) => rows.reduce((sum, row) => sum + row[of], 0) / rows.length;

/** Rows of `[name, summary]`: the average of all turns. */
export async function* stackBenchmarks(seconds) {
  const servers = [];
  try {
    // Without a line in the log for each request, which the stack alone does not write.
    servers.push(['Coord', await startEngine({ COORD_LOG_LEVEL: 'warn' })], ['the stack alone', await startBareStack()]);
    for (const [, { url }] of servers) {
      await load({ url, clients: 32, seconds: 2 * seconds, operation: claims(() => 'warm-up') });
      await load({ url, clients: 32, seconds, operation: pairs });
    }
    for (const [what, clients, operationOf] of KINDS) {
      const rows = new Map(servers.map(([name]) => [name, []]));
      for (let turn = 1; turn <= TURNS; turn += 1)
        // who comes first does so in every other turn
        for (const [name, { url }] of turn % 2 ? servers : servers.toReversed())
          rows.get(name).push(await load({ url, clients, seconds, operation: operationOf(turn) }));
      for (const [name, all] of rows) {
        const [rate, p50, p99] = ['rate', 'p50', 'p99'].map((of) => average(all, of));
        yield [`${what}: ${name}`, { rate, p50, p99 }];
      }
    }
  } finally {
    for (const [, server] of servers) await server.stop();
  }
}
