// Closed-loop load: so many clients, each with one request under way, for so many seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.mjs';

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

/** `{rate, p50, p99, max, n}`: operations per second and milliseconds. */
export function summary(times, seconds) {
  const sorted = Float64Array.from(times).sort();
  return { n: sorted.length, rate: sorted.length / seconds, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: quantile(sorted, 1) };
}

/**
 * `operation(connection, client, i)` runs again and again on each of `clients` connections for `seconds`; one operation may
 * be several requests. With several urls, the clients take turns on them. The first `warmUp` seconds don't count.
 */
export async function load({ url, clients, seconds, warmUp = 1, operation }) {
  const urls = [url].flat();
  const connections = await Promise.all(Array.from({ length: clients }, (_, client) => Connection.open(urls[client % urls.length])));
  const times = [];
  const from = performance.now() + warmUp * 1_000;
  const until = from + seconds * 1_000;
  const one = async (connection, client) => {
    for (let i = 0; performance.now() < until; i += 1) {
      const started = performance.now();
      await operation(connection, client, i);
      const ended = performance.now();
      if (started >= from && ended <= until) times.push(ended - started);
    }
  };
  await Promise.all(connections.map(one));
  for (const connection of connections) connection.close();
  return summary(times, seconds);
}

/** Open-loop load: `rate` operations a second, started on time whatever the answers take. */
export async function pacedLoad({ url, clients, seconds, rate, operation }) {
  const free = await Promise.all(Array.from({ length: clients }, () => Connection.open(url)));
  const all = [...free];
  const times = [];
  const started = performance.now();
  const running = new Set();
  for (let i = 0; i < rate * seconds; i += 1) {
    const due = started + (i * 1_000) / rate;
    while (performance.now() < due || free.length === 0) await sleep(1);
    const connection = free.pop();
    const run = operation(connection, 0, i).then(() => {
      times.push(performance.now() - due);
      free.push(connection);
      running.delete(run);
    });
    running.add(run);
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
  return summary(times, seconds);
}

export function expectStatus(answer, ...statuses) {
  if (!statuses.includes(answer.status)) throw new Error(`Expected ${statuses}, came ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
}
