// node bench/log-transfer.mjs [--events 1000000]: brings a log into a fresh engine, takes it out again, has all read models rebuilt, and
// watches the engine's memory.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEngine } from './engine.mjs';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } });
const EVENTS = Number(values.events);
const PROJECTS = 50;
const CHUNK = 500;

const idOf = (n) => `${createHash('md5').update(String(n)).digest('hex')}`.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-7$3-8$4-$5');

/** Claims and releases by turns in some projects, as an engine would have written them. */
function line(n) {
  const [pair, project] = [Math.floor(n / PROJECTS), n % PROJECTS];
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString();
  const lock = Math.floor(pair / 2) * PROJECTS + project;
  const about = {
    lock_id: idOf(-1 - lock),
    project_key: `p${project}`,
    session_id: 'BENCH/a',
    resource: `src/${lock % 997}.ts`,
    fence: Math.floor(pair / 2) + 1,
  };
  const claimed = { ...about, mode: 'exclusive', description: null, ttl_hours: 2, acquired_at: at, expires_at: null };
  const released = { ...about, ended_at: at, ended_by: 'BENCH/a', reason: null, stale: null };
  const metadata = { actor: null, at, project_key: about.project_key, causation_id: 'bench', correlation_id: 'bench', schema: 1 };
  const [type, data] = pair % 2 === 0 ? ['LockClaimed', claimed] : ['LockReleased', released];
  return `${JSON.stringify({ position: n + 1, stream: `lock-p${project}`, revision: pair, id: idOf(n), type, data, metadata })}\n`;
}

function* lines() {
  for (let from = 0; from < EVENTS; from += CHUNK) yield Array.from({ length: Math.min(CHUNK, EVENTS - from) }, (_, i) => line(from + i)).join('');
}

/** Runs `work`, looking at the engine's memory now and then; gives seconds and the most megabytes that were seen. */
async function watched(url, work) {
  const started = performance.now();
  let most = 0;
  let going = true;
  const watching = (async () => {
    while (going) {
      const text = await (await fetch(`${url}/metrics`)).text();
      most = Math.max(most, Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 2 ** 20);
      await sleep(250);
    }
  })();
  const result = await work();
  going = false;
  await watching;
  return { result, seconds: (performance.now() - started) / 1_000, most: Math.round(most) };
}

/** `npm run projections:rebuild`, beside the engine. */
async function rebuild() {
  const env = { ...process.env, DATABASE_URL: engine.databaseUrl };
  const child = spawn(process.execPath, ['dist/apps/api/src/operations/projections.cli.js', 'rebuild'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The rebuild ended with exit code ${code}.`);
}

const rate = (events, seconds) => `${Math.round(events / seconds).toLocaleString('en-US')} events/s`;

// Made beforehand: to make it costs more than to bring it in.
const folder = await mkdtemp(join(tmpdir(), 'coord-bench-log-'));
const log = join(folder, 'log.ndjson');
const hash = createHash('sha256');
function* hashed() {
  for (const text of lines()) {
    hash.update(text);
    yield text;
  }
}
await pipeline(Readable.from(hashed(), { objectMode: false }), createWriteStream(log));

const engine = await startEngine({ COORD_LOG_LEVEL: 'warn' });
try {
  const before = await watched(engine.url, () => sleep(500));
  const brought = await watched(engine.url, async () => {
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: Readable.toWeb(createReadStream(log)),
      duplex: 'half',
    };
    const answer = await fetch(`${engine.url}/api/coord/admin/import`, request);
    if (answer.status !== 200) throw new Error(await answer.text());
  });
  console.log(`memory of the engine before: ${before.most} MB`);
  console.log(`import: ${rate(EVENTS, brought.seconds)}, at most ${brought.most} MB`);
  const shown = await watched(engine.url, async () => {
    for (;;) {
      if ((await fetch(`${engine.url}/api/coord/history?limit=1`)).status === 200 && (await fetch(`${engine.url}/api/coord/status`)).status === 200)
        return;
      await sleep(250);
    }
  });
  console.log(`read models behind it: ${rate(EVENTS, shown.seconds)}, at most ${shown.most} MB`);
  const taken = await watched(engine.url, async () => {
    const got = createHash('sha256');
    for await (const chunk of (await fetch(`${engine.url}/api/coord/history/export`)).body) got.update(chunk);
    return got.digest('hex');
  });
  console.log(
    `export: ${rate(EVENTS, taken.seconds)}, at most ${taken.most} MB; ${taken.result === hash.digest('hex') ? 'the same bytes' : 'NOT THE SAME'}`,
  );
  const rebuilt = await watched(engine.url, rebuild);
  console.log(`rebuild of all read models: ${rate(EVENTS, rebuilt.seconds)}`);
} finally {
  await engine.stop();
  await rm(folder, { recursive: true });
}
