// Builds the engine unless dist/ is newer than everything that it is made of.
import { statSync } from 'node:fs';
import { newestSource } from './sources.mjs';

const built = statSync('dist/built', { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (newestSource() > built) {
  process.stderr.write('Building the engine…\n');
  await import('./build.mjs');
}
