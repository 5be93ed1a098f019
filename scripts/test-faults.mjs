// The fault tests with as many runs as wanted: `npm run test:faults -- --runs 100`. `--eventstore esdb://…` keeps the log there; `--seed` repeats a run.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' }, seed: { type: 'string' }, eventstore: { type: 'string' } } });
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const env = {
  ...process.env,
  COORD_FAULT_RUNS: values.runs,
  ...(values.seed !== undefined && { COORD_SEED: values.seed }),
  ...(values.eventstore !== undefined && { COORD_FAULTS_EVENTSTORE: values.eventstore }),
};
const { status } = spawnSync(process.execPath, [jest, '--selectProjects', 'database', '--runInBand', '--testPathPatterns', 'test/faults/faults'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
