import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The folder of the package that this file came with; the build puts a copy of its package.json into `dist`, too. */
export function packageFolder(folder = __dirname): string {
  if (basename(folder) !== 'dist' && existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('The package.json of this command is missing: install it again.');
  return packageFolder(above);
}

/** The version of that package. */
export const version = (): string => (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
