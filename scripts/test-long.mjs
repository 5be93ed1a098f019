// Tests that find what chance lets them find, for as long as wanted: `npm run test:crash -- --kills 200` kills the engine so often, and Postgres so
// often; `npm run test:faults -- --runs 100` (`--eventstore esdb://…` keeps the log there, on a server without messages of others);
// `npm run test:model -- --runs 1000`. `--seed` repeats a run.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** What is counted, and the settings that the tests read. */
const KINDS = {
  crash: { count: 'kills', usual: '200', setting: 'COORD_KILLS', tests: 'test/crash/' },
  faults: { count: 'runs', usual: '100', setting: 'COORD_FAULT_RUNS', tests: 'test/faults/faults' },
  model: { count: 'runs', usual: '1000', setting: 'COORD_MODEL_RUNS', tests: 'test/model.e2e' },
};
const { count, usual, setting, tests } = KINDS[process.argv[2]];
const text = { type: 'string' };
const { values } = parseArgs({ args: process.argv.slice(3), options: { [count]: { ...text, default: usual }, seed: text, eventstore: text } });
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const env = {
  ...process.env,
  [setting]: values[count],
  ...(values.seed !== undefined && { COORD_SEED: values.seed }),
  ...(values.eventstore !== undefined && { COORD_FAULTS_EVENTSTORE: values.eventstore }),
};
const { status } = spawnSync(process.execPath, [jest, '--selectProjects', 'database', '--runInBand', '--testPathPatterns', tests], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
