// node bench/hook.mjs [--runs 30]: what `coord hook` takes as a process, beside a bare `node`, in turns, with an engine of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngine } from './engine.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '30' } } });
const folder = mkdtempSync(join(tmpdir(), 'coord-hook-'));
writeFileSync(join(folder, '.coord.json'), '{"project_key": "bench"}');
const engine = await startEngine({ COORD_LOG_LEVEL: 'warn' });
const env = { PATH: process.env.PATH, HOME: folder, COORD_URL: engine.url, COORD_HOOK_WITHIN: '10000' };
const call = { session_id: '0ab4f0de-1111-4222-8333-abcd12345678', cwd: folder, hook_event_name: 'PreToolUse', tool_name: 'Edit' };

/** The time of one process in ms. */
function timed(words, input = '') {
  const from = performance.now();
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, env, input });
  if (status !== 0) throw new Error(`exit code ${status}: ${stdout}`);
  return { ms: performance.now() - from, said: stdout.toString() };
}

const edit = (file) =>
  timed(
    [join(process.cwd(), 'dist/apps/cli/src/main.js'), 'hook', 'claude', 'PreToolUse'],
    JSON.stringify({ ...call, tool_input: { file_path: join(folder, file) } }),
  );
const quantile = (times, q) => times.sort((a, b) => a - b)[Math.floor(times.length * q)].toFixed(0);

try {
  await fetch(`${engine.url}/api/coord/locks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ project_key: 'bench', session_id: 'OTHER/x', resource: 'locked.ts' }),
  });
  const times = { 'node -e 0': [], 'coord hook, free': [], 'coord hook, locked': [] };
  for (let run = 0; run < Number(values.runs); run++) {
    times['node -e 0'].push(timed(['-e', '0']).ms);
    times['coord hook, free'].push(edit('free.ts').ms);
    const { ms, said } = edit('locked.ts');
    if (!said.includes('"deny"')) throw new Error(`not refused: ${said}`);
    times['coord hook, locked'].push(ms);
  }
  console.log(`load average ${loadavg()[0].toFixed(1)}`);
  for (const [name, all] of Object.entries(times)) console.log(`${name.padEnd(20)} p50 ${quantile(all, 0.5)} ms  p90 ${quantile(all, 0.9)} ms`);
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
}
