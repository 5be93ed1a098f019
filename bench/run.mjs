// npm run bench [-- --seconds 5] [-- --events 1000000] [-- --only writes|reads|instances|stack]: everything in one run, on a fresh engine, load generator and all on this machine.
import { availableParallelism, cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { claimBenchmarks, lagBenchmark } from './claims.mjs';
import { startEngine } from './engine.mjs';
import { etcdBenchmarks, hasEtcd } from './etcd.mjs';
import { fillLog, tidied } from './history.mjs';
import { instanceBenchmarks } from './instances.mjs';
import { rawAppendRate } from './raw-append.mjs';
import { readBenchmarks, standing } from './reads.mjs';
import { stackBenchmarks } from './stack.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, events: { type: 'string', default: '100000' }, only: { type: 'string', default: '' } },
});
const seconds = Number(values.seconds);
/** Lengths of history. A million events take some minutes until all read models have them: ask for it by `--events`. */
const LENGTHS = [1_000, 100_000, 1_000_000].filter((length) => length <= Number(values.events));

const number = (value) => Math.round(value).toLocaleString('en-US').padStart(8);
const ms = (value) => value.toFixed(2).padStart(8);
const cost = (cpu) => (cpu === undefined ? '' : `  cpu ${number(cpu)} us each`);
const print = (name, { rate, p50, p99, cpu }) =>
  console.log(`${name.padEnd(66)} ${number(rate)}/s  p50 ${ms(p50)} ms  p99 ${ms(p99)} ms${cost(cpu)}`);
const printAll = async (rows, suffix = '') => {
  for await (const [name, row] of rows) print(`${name}${suffix}`, row);
};
const head = async (url) => (await (await fetch(`${url}/health`)).json()).position;

/** What a read answers in, at every length of history; each on an engine of its own. */
async function reads() {
  for (const length of LENGTHS) {
    const engine = await startEngine();
    try {
      await fillLog(engine.databaseUrl, length);
      await caughtUp(engine.url);
      await tidied(engine.databaseUrl);
      await standing(engine.url);
      const end = await head(engine.url);
      for (const clients of [1, 8])
        await printAll(readBenchmarks(engine.url, seconds, clients, end), `, ${clients} clients, ${number(end).trim()} events`);
    } finally {
      await engine.stop();
    }
  }
}

/** Resolves when every read model has reached the end of the log. */
async function caughtUp(url) {
  while (
    (await fetch(`${url}/api/coord/status?at=1`)).status !== 200 ||
    (await fetch(`${url}/api/coord/history?limit=1`)).status !== 200 ||
    (await fetch(`${url}/api/coord/status`)).status !== 200
  )
    await sleep(1_000);
}

async function writes() {
  const engine = await startEngine();
  try {
    await printAll(claimBenchmarks(engine.url, seconds));
    const { rate, p99 } = await lagBenchmark(engine.url, seconds);
    console.log(`${'projection lag while writes come at 1,000/s'.padEnd(66)} ${number(rate)}/s${' '.repeat(18)}  p99 ≤ ${p99} ms`);
    console.log(`${'raw: events in batches of 200 into the same Postgres'.padEnd(66)} ${number(await rawAppendRate(engine.databaseUrl, seconds))}/s`);
  } finally {
    await engine.stop();
  }
  if (hasEtcd()) await printAll(etcdBenchmarks(seconds));
  else console.log('etcd is not on the PATH (Debian: etcd-server): no comparison.');
}

console.log(`${availableParallelism()} × ${cpus()[0]?.model}, Node ${process.version}; load generator on the same machine; ${seconds} s each\n`);
const wanted = (part) => values.only === '' || values.only === part;
if (wanted('writes')) await writes();
if (wanted('reads')) await reads();
if (wanted('stack')) await printAll(stackBenchmarks(seconds));
if (wanted('instances')) await printAll(instanceBenchmarks(seconds));
