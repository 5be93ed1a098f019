// Runs the protocol's conformance suite, which lives beside the repository, against a started server:
//   node test/conformance/run.mjs --url http://127.0.0.1:8001 --stale-after-ms 2500
// `later.txt` names the checks of concepts that do not exist yet: they may fail, and count as skipped.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUITE = fileURLToPath(new URL('../../../shared/conformance/run.mjs', import.meta.url));
const LATER = fileURLToPath(new URL('later.txt', import.meta.url));

const linesOf = (text) => text.split('\n').filter((line) => line !== '');

const folder = mkdtempSync(join(tmpdir(), 'coord-conformance-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/**
 * What the suite prints. Into a file, because the suite exits at once after its last line, which cuts what a pipe has not
 * taken yet. Its exit code says no more than that line, and less than its failures.
 */
function suite(args) {
  const path = join(folder, 'output');
  const file = openSync(path, 'w');
  const { error } = spawnSync(process.execPath, [SUITE, ...args], { stdio: ['ignore', file, 'inherit'] });
  closeSync(file);
  if (error) throw error;
  return linesOf(readFileSync(path, 'utf8'));
}

/** A check's name may hold colons, so a line is matched against the names that there are. */
const checkIn = (line, names) => names.filter((name) => line.startsWith(`${name}: `)).sort((a, b) => b.length - a.length)[0];

const names = suite(['--list']);
const later = linesOf(readFileSync(LATER, 'utf8')).filter((line) => !line.startsWith('#'));
const output = suite(process.argv.slice(2));
const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(output.at(-1) ?? '');
if (!counts) throw new Error(`The suite did not come to its end:\n${output.join('\n')}`);

const outcomes = new Map();
for (const line of output) {
  const [, outcome, rest] = /^(FAIL|skip) {2}(.*)$/.exec(line) ?? [];
  if (outcome === undefined) continue;
  const name = checkIn(rest, names);
  if (name === undefined) throw new Error(`No check has the name of this line: ${line}`);
  outcomes.set(name, outcome);
  if (!later.includes(name)) console.log(line);
}

const mistakes = later.flatMap((name) => {
  if (!names.includes(name)) return [`${name}: there is no such check; take it off the list`];
  return outcomes.has(name) ? [] : [`${name}: it passes; take it off the list`];
});
for (const mistake of mistakes) console.log(`FAIL  later.txt: ${mistake}`);

const excused = later.filter((name) => outcomes.get(name) === 'FAIL').length;
const passing = later.filter((name) => names.includes(name) && !outcomes.has(name)).length;
const [passed, failed, skipped] = counts.slice(1).map(Number);
const result = { passed: passed - passing, failed: failed - excused + mistakes.length, skipped: skipped + excused };
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
process.exitCode = result.failed > 0 ? 1 : 0;
