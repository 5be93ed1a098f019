// What the same Postgres takes when nothing is decided: batches of 200 streams through the event store's own append.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Events per second into a database of its own on the server of `databaseUrl`. */
export async function rawAppendRate(databaseUrl, seconds) {
  const postgres = require('postgres');
  const { PostgresEventStore } = require('../dist/libs/event-store/index.js');
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await admin`create database bench_raw`;
  const url = new URL(databaseUrl);
  url.pathname = '/bench_raw';
  const store = await PostgresEventStore.open({ url: url.href });
  const metadata = { actor: 'BENCH', at: new Date().toISOString(), project_key: 'raw', causation_id: null, correlation_id: null, schema: 1 };
  const data = { lock_id: randomUUID(), project_key: 'raw', session_id: 'BENCH', resource: 'src/a/b/c.ts', fence: 1, mode: 'exclusive' };
  const batch = (n) =>
    Array.from({ length: 200 }, (_, i) => ({
      stream: `raw-${n}-${i}`,
      expected: 'none',
      events: [{ id: randomUUID(), type: 'Raw', data, metadata }],
    }));
  const started = performance.now();
  let events = 0;
  for (let n = 0; performance.now() - started < seconds * 1_000; n += 1) {
    await store.append(batch(n));
    events += 200;
  }
  const rate = (events * 1_000) / (performance.now() - started);
  await store.close();
  await admin`drop database bench_raw`;
  await admin.end();
  return rate;
}
