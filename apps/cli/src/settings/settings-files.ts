import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../failure';

/** What one place says of the settings. */
export interface Given {
  url?: string;
  session_id?: string;
  machine?: string;
  user?: string;
  agent?: string;
  project_key?: string;
}

export interface SettingsFile {
  path: string;
  given: Given;
}

/** The files that settings are read from and that exist, the one that wins first. */
export function settingsFiles(env: NodeJS.ProcessEnv, folder: string): SettingsFile[] {
  const home = env.HOME ?? homedir();
  const config = env.XDG_CONFIG_HOME ?? join(home, '.config');
  return [nearest(folder, '.coord.json'), identityFile(env, folder, home), read(join(config, 'coord', 'config.json'))].filter(
    (file) => file !== null,
  );
}

/** `identity.json` as the older `coord` skill reads it: named by a variable, of the root it is told, of the project, of the user. */
function identityFile(env: NodeJS.ProcessEnv, folder: string, home: string): SettingsFile | null {
  if (env.COORD_IDENTITY) return read(env.COORD_IDENTITY, true);
  const root = env.CLAUDETOOLS_ROOT;
  return (
    (root ? read(join(root, '.claude', 'identity.json')) : null) ??
    nearest(folder, '.claude/identity.json') ??
    read(join(home, '.claude', 'identity.json'))
  );
}

/** The file of this name in `folder` or the nearest folder above it. */
function nearest(folder: string, name: string): SettingsFile | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = read(join(at, name));
    if (file || dirname(at) === at) return file;
  }
}

function read(path: string, mustExist = false): SettingsFile | null {
  const text = textOf(path, mustExist);
  return text === null ? null : { path, given: givenBy(path, text) };
}

function textOf(path: string, mustExist: boolean): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!mustExist && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    throw new Failure(`${path} can't be read (${code}): mend it or take it away.`);
  }
}

function givenBy(path: string, text: string): Given {
  const told = objectIn(path, text);
  const string = (...names: string[]): string | undefined => {
    const name = names.find((one) => told[one] !== undefined && told[one] !== null);
    if (name === undefined) return undefined;
    const value = told[name];
    if (typeof value !== 'string') throw new Failure(`${path}: "${name}" must be a string.`);
    return value;
  };
  return {
    url: string('url', 'coord_api'),
    session_id: string('session_id'),
    machine: string('machine'),
    user: string('user'),
    agent: string('agent'),
    project_key: string('project_key', 'project'),
  };
}

function objectIn(path: string, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // said below, as for any other JSON
  }
  throw new Failure(`${path} is no JSON object: mend it or take it away.`);
}
