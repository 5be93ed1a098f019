// Runs the protocol's conformance suite, which lives beside the repository, against a started server:
//   node test/conformance/run.mjs --url http://127.0.0.1:8001 --stale-after-ms 2500
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUITE = fileURLToPath(new URL('../../../shared/conformance/run.mjs', import.meta.url));

// Into a file, because the suite exits at once after its last line, which cuts what a pipe has not taken yet.
const folder = mkdtempSync(join(tmpdir(), 'coord-conformance-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const path = join(folder, 'output');
const file = openSync(path, 'w');
const { error, status } = spawnSync(process.execPath, [SUITE, ...process.argv.slice(2)], { stdio: ['ignore', file, 'inherit'] });
closeSync(file);
if (error) throw error;
const output = readFileSync(path, 'utf8').trimEnd();
console.log(output);
if (!/^\d+ passed, \d+ failed, \d+ skipped$/.test(output.split('\n').at(-1))) throw new Error('The suite did not come to its end.');
process.exitCode = status;
