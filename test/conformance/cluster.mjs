// Starts engines on one database and runs the conformance suite against them:
//   node test/conformance/cluster.mjs --instances 2 [--eventstore esdb://…] [what the suite takes]
// With more than one, a load balancer stands before them that sends each request to another instance.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roundRobin } from './round-robin.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 60_000;
const require = createRequire(import.meta.url);
// As `npm start` does it, but without npm and its shell in between, which would not hand our signal on.
const [, ...startArguments] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.start.split(' ');

/** One engine as a child process: `{url, stop}`. What it logs goes to standard error. */
function startEngine(env) {
  const settings = { COORD_HOST: '127.0.0.1', COORD_PORT: '0', COORD_STALE_AFTER: '2500ms', COORD_LOG_LEVEL: 'warn' };
  const { DATABASE_URL: _, EVENTSTORE_URL: __, ...inherited } = process.env;
  const child = spawn(process.execPath, startArguments, {
    cwd: ROOT,
    env: { ...inherited, ...settings, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      process.stderr.write(chunk);
      said += chunk;
      const ready = /ready at (http:\S+)/.exec(said);
      if (ready) resolve({ url: ready[1], stop });
    });
    exited.then((code) => reject(new Error(`The engine ended with exit code ${code}.`)));
    setTimeout(() => reject(new Error('The engine did not become ready.')), READY_WITHIN_MS).unref();
  });
}

/** Takes an option of ours out of the arguments, the rest of which are the suite's. */
function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv.splice(at, 2)[1];
}

async function run() {
  const instances = option('--instances') ?? '1';
  const eventStore = option('--eventstore');
  const log = eventStore ? { EVENTSTORE_URL: eventStore } : {};
  const dataDir = mkdtempSync(join(tmpdir(), 'coord-conformance-'));
  const opened = [];
  try {
    const first = await startEngine({ COORD_DATA_DIR: dataDir, ...log });
    opened.push(first.stop);
    const { url: databaseUrl } = await require('../../dist/libs/embedded-server/index.js').connectToRunning(dataDir);
    const others = await Promise.all(Array.from({ length: Number(instances) - 1 }, () => startEngine({ DATABASE_URL: databaseUrl, ...log })));
    opened.unshift(...others.map(({ stop }) => stop));
    const balancer = others.length > 0 ? await roundRobin([first, ...others].map(({ url }) => url)) : null;
    if (balancer) opened.unshift(balancer.close);
    const suite = join(ROOT, 'test/conformance/run.mjs');
    const url = balancer?.url ?? first.url;
    const child = spawn(process.execPath, [suite, '--url', url, '--stale-after-ms', '2500', ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = await new Promise((resolve) => child.once('exit', resolve));
  } finally {
    // the first brings the database, so it goes last
    for (const close of opened) await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await run();
