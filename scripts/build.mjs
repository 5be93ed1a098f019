// Builds the engine into dist/, with the SQL files beside the code that reads them.
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sources } from './sources.mjs';

const nest = createRequire(import.meta.url).resolve('@nestjs/cli/package.json');
execFileSync(process.execPath, [join(dirname(nest), 'bin/nest.js'), 'build', 'api'], { stdio: ['ignore', 2, 2] });
for (const file of sources('.sql')) cpSync(file, join('dist', file));
writeFileSync('dist/built', '');
