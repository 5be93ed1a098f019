// The crash tests with as many kills as wanted: `npm run test:crash -- --kills 200` kills the engine so often, and Postgres so often.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } } });
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const env = { ...process.env, COORD_KILLS: values.kills, ...(values.seed !== undefined && { COORD_SEED: values.seed }) };
const { status } = spawnSync(process.execPath, [jest, '--selectProjects', 'database', '--runInBand', '--testPathPatterns', 'test/crash/'], {
  env,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
