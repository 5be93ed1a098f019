// node bench/cli.mjs [--runs 20]: what a command costs as a process of its own, from its start to its end, beside Node alone; on a fresh engine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startEngine } from './engine.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } });
const runs = Number(values.runs);
const COORD = 'dist/apps/cli/src/main.js';
const EDIT = JSON.stringify({
  hook_event_name: 'PreToolUse',
  tool_name: 'Edit',
  cwd: process.cwd(),
  tool_input: { file_path: `${process.cwd()}/README.md` },
});

function once(args, input, env) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, ...env } });
    child.once('error', reject).once('close', () => resolve(performance.now() - started));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

async function measure(name, args, env = {}, input = '') {
  await once(args, input, env);
  const took = [];
  for (let run = 0; run < runs; run += 1) took.push(await once(args, input, env));
  took.sort((a, b) => a - b);
  const at = (part) => `${(took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0).toFixed(0).padStart(5)} ms`;
  console.log(`${name.padEnd(40)} p50 ${at(0.5)}  p99 ${at(0.99)}`);
}

const engine = await startEngine();
try {
  const env = { COORD_URL: engine.url, COORD_PROJECT: 'bench', COORD_SESSION_ID: 'BENCH/one' };
  console.log(`${runs} runs each, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}\n`);
  await measure('node -e 0', ['-e', '0']);
  await measure('coord --version', [COORD, '--version'], env);
  await measure('coord lock list', [COORD, 'lock', 'list'], env);
  await measure('coord lock claim', [COORD, 'lock', 'claim', 'bench', 'src', 'Measured'], env);
  if (existsSync('dist/apps/cli/src/hook/hook.js')) await measure('coord hook claude PreToolUse', [COORD, 'hook', 'claude', 'PreToolUse'], env, EDIT);
} finally {
  await engine.stop();
}
