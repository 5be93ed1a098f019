// A fresh engine with a folder of its own, as `npm start` runs it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorTime } from './processor-time.mjs';

const require = createRequire(import.meta.url);

/** What `npm start` gives to Node. */
const START = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  .scripts.start.split(' ')
  .slice(1);

/** Starts an engine; gives `{url, databaseUrl, used, stop}`. `env` is added to the environment. */
export async function startEngine(env = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'coord-bench-'));
  const server = await start(START, dataDir, { COORD_DATA_DIR: dataDir, COORD_PORT: '0', ...env });
  const { connectToRunning } = require('../dist/libs/embedded-server/index.js');
  return { ...server, databaseUrl: env.DATABASE_URL ?? (await connectToRunning(dataDir)).url };
}

/** Starts the stack alone (see bare-stack/server.mjs), with the same options of Node; gives `{url, used, stop}`. */
export async function startBareStack() {
  const dataDir = await mkdtemp(join(tmpdir(), 'coord-bench-'));
  return start([...START.slice(0, -1), 'bench/bare-stack/server.mjs', dataDir], dataDir, {});
}

async function start(args, dataDir, env) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      if (text.length > 100_000) return; // log lines are read and thrown away
      text += chunk;
      const ready = /ready at (http:\S+)/.exec(text);
      if (ready) resolve(ready[1]);
    });
    exited.then((code) => reject(new Error(`The server ended with exit code ${code}.`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url, used: () => processorTime(child.pid, dataDir), stop };
}
