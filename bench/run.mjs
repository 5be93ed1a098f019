// npm run bench [-- --seconds 5]: everything in one run, on a fresh engine, load generator and all on this machine.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { claimBenchmarks, lagBenchmark } from './claims.mjs';
import { startEngine } from './engine.mjs';
import { etcdBenchmarks, hasEtcd } from './etcd.mjs';
import { rawAppendRate } from './raw-append.mjs';
import { fill, readBenchmarks, standing } from './reads.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } });
const seconds = Number(values.seconds);
const LONG = 100_000;

const number = (value) => Math.round(value).toLocaleString('en-US').padStart(8);
const ms = (value) => value.toFixed(2).padStart(8);
const print = (name, { rate, p50, p99 }) => console.log(`${name.padEnd(58)} ${number(rate)}/s  p50 ${ms(p50)} ms  p99 ${ms(p99)} ms`);
const printAll = async (rows, suffix = '') => {
  for await (const [name, row] of rows) print(`${name}${suffix}`, row);
};
const head = async (url) => (await (await fetch(`${url}/health`)).json()).position;

const engine = await startEngine();
try {
  console.log(`${availableParallelism()} × ${cpus()[0]?.model}, Node ${process.version}; load generator on the same machine; ${seconds} s each\n`);
  await standing(engine.url);
  await fill(engine.url, 1_000);
  for (const clients of [1, 8])
    await printAll(readBenchmarks(engine.url, seconds, clients), `, ${clients} clients, ${await head(engine.url)} events`);
  await printAll(claimBenchmarks(engine.url, seconds));
  const { rate, p99 } = await lagBenchmark(engine.url, seconds);
  console.log(`${'projection lag while writes come at 1,000/s'.padEnd(58)} ${number(rate)}/s${' '.repeat(18)}  p99 ≤ ${p99} ms`);
  console.log(`${'raw: events in batches of 200 into the same Postgres'.padEnd(58)} ${number(await rawAppendRate(engine.databaseUrl, seconds))}/s`);
  await fill(engine.url, Math.max(0, LONG - (await head(engine.url))));
  for (const clients of [1, 8])
    await printAll(readBenchmarks(engine.url, seconds, clients), `, ${clients} clients, ${await head(engine.url)} events`);
} finally {
  await engine.stop();
}
if (hasEtcd()) await printAll(etcdBenchmarks(seconds));
else console.log('etcd is not on the PATH (Debian: etcd-server): no comparison.');
