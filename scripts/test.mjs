// What `npm test` runs: the checks of the code, side by side, then the tests. Arguments go to Jest: `npm test -- libs/domain`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

/** The script behind a package's command: started with Node itself, it needs neither a shell nor a PATH. */
function command(packageName, name = packageName) {
  const folder = join('node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** Resolves to the exit code; output goes to ours, or is given to `onOutput` when the process has ended. */
function run(args, onOutput) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => output.push(bytes));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      onOutput?.(Buffer.concat(output).toString());
      resolve(code ?? `ended by ${signal}`);
    });
  });
}

async function check([name, ...args]) {
  let said = '';
  const code = await run(args, (output) => {
    said = output;
  });
  console.log(code === 0 ? `${name}: fine` : `${name}: failed\n${said}`);
  return code === 0;
}

const summary = ({ passed, failed, skipped }) => console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);

async function tests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'coord-results-'));
  try {
    const file = join(folder, 'results.json');
    const code = await run([command('jest'), '--json', `--outputFile=${file}`, ...args]);
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // What fails outside of any test (the database of the run, say) shows in the exit code alone.
    return { passed: results.numPassedTests, failed: Math.max(failed, code === 0 ? 0 : 1), skipped: results.numPendingTests + results.numTodoTests };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const checks = [
  ['Format and lint', command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
  ['Types', command('typescript', 'tsc'), '--noEmit'],
  [
    'Imports',
    command('dependency-cruiser', 'depcruise'),
    '--config',
    '.dependency-cruiser.cjs',
    'apps',
    'libs',
    'projections',
    'test',
    'bench',
    'scripts',
  ],
  ['Lock file', 'scripts/check-lock-file.mjs'],
];

const wrong = (await Promise.all(checks.map(check))).filter((fine) => !fine).length;
const counts = wrong > 0 ? { passed: 0, failed: wrong, skipped: 0 } : await tests(process.argv.slice(2));
summary(counts);
process.exitCode = counts.failed > 0 ? 1 : 0;
