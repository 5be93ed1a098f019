// Coord beside the stack that it is built on, with the same load, in turns: what the stack alone gives on a machine is what Coord could give at most.
import { claims, pairs, warmUp } from './claims.mjs';
import { startBareStack, startEngine } from './engine.mjs';
import { load } from './load.mjs';
import { inTurns } from './turns.mjs';

const TURNS = 4;
const KINDS = [
  ['claims, 1 client', 1, (turn) => claims(() => `alone-${turn}`)],
  ['claims, 32 clients, one project', 32, (turn) => claims(() => `one-${turn}`)],
  ['claim + release pairs, 32 clients, one project', 32, () => pairs],
];

/** Puts a server under load; `cpu` of the summary: microseconds of its processors for each operation, its Postgres included, on Linux. */
async function loaded({ url, used }, how) {
  const before = used();
  const summary = await load({ url, warmUp: 0, ...how });
  return before === null ? summary : { ...summary, cpu: ((used() - before) / summary.n) * 1_000 };
}

/** Rows of `[name, summary]`: the average of all turns. */
export async function* stackBenchmarks(seconds) {
  const servers = new Map();
  try {
    // Without a line in the log for each request, which the stack alone does not write.
    servers.set('Coord', await startEngine({ COORD_LOG_LEVEL: 'warn' }));
    servers.set('the stack alone', await startBareStack());
    for (const { url } of servers.values()) await warmUp(url, seconds);
    for (const [what, clients, operationOf] of KINDS) {
      const run = (name, turn) => loaded(servers.get(name), { clients, seconds, operation: operationOf(turn) });
      for (const { name, average } of await inTurns(TURNS, [...servers.keys()], run)) yield [`${what}: ${name}`, average];
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}
