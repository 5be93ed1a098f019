import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type GlobalFlags, readSettings, type Settings } from './settings';
import { settingsFiles } from './settings-files';

/** What a folder belongs to. */
export interface Place {
  /** The folder that resources are relative to, or null where there is none. */
  root: string | null;
  /** The project that is meant there, or null when nothing names one. */
  project_key: string | null;
  settings: Settings;
}

/**
 * The project of a folder and where its resources count from: the folder of the `.coord.json` that names a project, else the root of the git
 * repository, else the folder of a `.coord.json`. Where nothing names the project it is called as the repository's folder.
 * @param folder an absolute path; it need not exist
 * @throws Failure as `readSettings` does
 */
export function placeOf(folder: string, flags: GlobalFlags = {}, env: NodeJS.ProcessEnv = process.env): Place {
  const settings = readSettings(flags, env, folder);
  const file = settingsFiles(env, folder).find(({ path }) => basename(path) === '.coord.json');
  const repository = repositoryAt(folder);
  const named = file?.given.project_key !== undefined ? dirname(file.path) : null;
  return {
    root: named ?? repository ?? (file ? dirname(file.path) : null),
    project_key: settings.project_key ?? (repository ? repositoryName(repository) : null),
    settings,
  };
}

/** The root of the git work tree that a folder lies in. */
export function repositoryAt(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

/** The name of a repository's folder; of the main one for a linked work tree, so that all of them are one project. */
export function repositoryName(root: string): string {
  const git = join(root, '.git');
  if (statSync(git).isDirectory()) return basename(root);
  const main = /^gitdir: (.+?)[\\/]worktrees[\\/][^\\/]+\s*$/.exec(readFileSync(git, 'utf8'))?.[1];
  if (main === undefined) return basename(root);
  return basename(main) === '.git' ? basename(dirname(main)) : basename(main, '.git');
}
