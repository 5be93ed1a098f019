// The lock file must serve every platform and every registry.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const mistakes = [];

/** As Node looks a package up: beside the dependants of `path`, from the inside out. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder && `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}

for (const [path, { resolved, dependencies, optionalDependencies }] of Object.entries(packages)) {
  // npm takes the host from there, whatever registry it is told to use.
  if (resolved !== undefined) mistakes.push(`${path} has "resolved": remove it; .npmrc keeps npm from writing it.`);
  // npm leaves out what the registry lacked when the lock was made, and `npm ci` then refuses the whole file.
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
    if (!isLocked(path, name)) mistakes.push(`${path} needs ${name}, which is not locked: add its name, version, os and cpu.`);
}

for (const mistake of mistakes) console.log(mistake);
process.exitCode = mistakes.length > 0 ? 1 : 0;
