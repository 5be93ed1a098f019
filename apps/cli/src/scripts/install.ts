import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure';
import { SCRIPTS, type ScriptName } from './names';
import { isOurs, scriptText } from './script-text';

export interface Installed {
  folder: string;
  written: string[];
  /** Files that were there before and are not ours, and where they are now. */
  kept: { file: string; as: string }[];
}

/**
 * Writes the eight scripts. What is there and is not ours stays, unless `force` says otherwise, and then beside ours as `.bak`.
 * @throws Failure, before anything is written, when such a file is in the way.
 */
export function installScripts(dir: string, { force, node, coord }: { force: boolean; node: string; coord: string }): Installed {
  const folder = resolve(dir);
  const names = Object.keys(SCRIPTS) as ScriptName[];
  const files = names.map((name) => ({ name, file: `${name}.sh`, path: join(folder, `${name}.sh`) }));
  const others = files.filter(({ path }) => existsSync(path) && !isOurs(readFileSync(path, 'utf8')));
  if (others.length > 0 && !force) {
    const list = others.map(({ file }) => file).join(', ');
    throw new Failure(
      `${folder} has scripts that are not of coord: ${list}. Nothing was written; with --force they are kept as .bak beside the new ones.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const kept = others.map(({ file, path }) => {
    const as = freeName(path);
    renameSync(path, as);
    return { file, as };
  });
  for (const { name, path } of files) {
    const fresh = `${path}.${process.pid}.tmp`;
    writeFileSync(fresh, scriptText(name, node, coord));
    chmodSync(fresh, 0o755);
    renameSync(fresh, path);
  }
  return { folder, written: files.map(({ file }) => file), kept };
}

function freeName(path: string): string {
  const names = [`${path}.bak`, ...Array.from({ length: 1_000 }, (_, n) => `${path}.bak${n + 1}`)];
  const free = names.find((name) => !existsSync(name));
  if (free === undefined) throw new Failure(`${path}.bak and a thousand more are there already: take some away.`);
  return free;
}
