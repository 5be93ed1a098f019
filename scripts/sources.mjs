// The files that the build is made of.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const SOURCE_FOLDERS = ['apps', 'libs', 'projections'];
const CONFIGURATION = ['package.json', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Paths of all source files, relative to the repository, that end with `ending`. */
export const sources = (ending = '') =>
  SOURCE_FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** When the newest of them was changed, in ms. */
export const newestSource = () => Math.max(...[...sources(), ...CONFIGURATION].map((file) => statSync(file).mtimeMs));
