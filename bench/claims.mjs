// Claims, and claims with their release: in one project, where every decision needs one stream, and over 32 projects.
import { expectStatus, load, pacedLoad } from './load.mjs';
import { lagQuantile, lagSeries } from './metrics.mjs';

const claim = (connection, project_key, session_id, resource) =>
  connection.request('POST', '/locks', { project_key, session_id, resource, description: 'Benchmark' });

/** The operation of a client that claims one resource after the other. */
export const claims = (projectOf) => async (connection, client, i) =>
  expectStatus(await claim(connection, projectOf(client), `BENCH/${client}`, `src/${client}/module-${i % 1000}/file-${i}.ts`), 201, 200);

/** The operation of a client that releases each lock before it claims the next. */
export const pairs = async (connection, client, i) => {
  const { text } = expectStatus(await claim(connection, 'pairs', `BENCH/${client}`, `src/${client}/${i}.ts`), 201);
  expectStatus(await connection.request('DELETE', `/locks/${JSON.parse(text).id}?session_id=BENCH/${client}`), 200);
};

/** The compiler of a server that has just started takes some ten thousand requests until it is done with a route. */
export async function warmUp(url, seconds) {
  await load({ url, clients: 32, seconds: 2 * seconds, operation: claims(() => 'warm-up') });
  await load({ url, clients: 32, seconds: 2 * seconds, operation: pairs });
}

/** Rows of `[name, summary]`. */
export async function* claimBenchmarks(url, seconds) {
  await warmUp(url, seconds);
  yield ['claims, 1 client', await load({ url, clients: 1, seconds, operation: claims(() => 'alone') })];
  yield ['claims, 32 clients, one project', await load({ url, clients: 32, seconds, operation: claims(() => 'one') })];
  yield ['claims, 32 clients, 32 projects', await load({ url, clients: 32, seconds, operation: claims((client) => `many-${client}`) })];
  yield ['claim + release pairs, 32 clients, one project', await load({ url, clients: 32, seconds, operation: pairs })];
}

/** How far read models lag behind the log at 1,000 writes a second: `{rate, p99}`, p99 in ms as the upper bound of its bucket. */
export async function lagBenchmark(url, seconds) {
  const before = await lagSeries(url);
  const { rate } = await pacedLoad({ url, clients: 64, seconds, rate: 1_000, operation: claims(() => 'paced') });
  return { rate, p99: lagQuantile(before, await lagSeries(url), 0.99) };
}
