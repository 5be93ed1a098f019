import { mkdir, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { EmbeddedServerError, explainFolderError } from './errors';

/** Where things are below the data folder. All paths are absolute, without symbolic links. */
export interface DataFolder {
  root: string;
  /** the Postgres cluster itself; exists only when it is complete */
  cluster: string;
  log: string;
}

/** A cluster in the making; whatever has this prefix at a start is left over from one that was interrupted. */
export const UNFINISHED = 'postgres.new-';
const OURS = /^(postgres(\.new-.*|\.log(\.1)?)?|engine\..*|binaries-.*)$/;
/** A fresh volume brings this folder along. */
const IGNORED = new Set(['lost+found']);

/** The folder that is used when COORD_DATA_DIR is not set: the place that the platform (on Linux: the XDG base directory specification) gives to a user's data. */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.HOME || homedir();
  if (process.platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'coord');
  // The specification says that a relative path in the variable is to be ignored.
  if (env.XDG_DATA_HOME?.startsWith('/')) return join(env.XDG_DATA_HOME, 'coord');
  return process.platform === 'darwin' ? join(home, 'Library', 'Application Support', 'coord') : join(home, '.local', 'share', 'coord');
}

const at = (root: string): DataFolder => ({ root, cluster: join(root, 'postgres'), log: join(root, 'postgres.log') });

/** The folder as it is, without making it; null when there is none. */
export async function findDataFolder(dataDir: string): Promise<DataFolder | null> {
  const root = await realpath(resolve(dataDir)).catch(() => null);
  return root === null ? null : at(root);
}

/**
 * Makes the data folder when it is missing, for its owner alone.
 * @throws EmbeddedServerError when it can't be made or written, or holds something that is not ours.
 */
export async function prepareDataFolder(dataDir: string): Promise<DataFolder> {
  const wanted = resolve(dataDir);
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    const root = await realpath(wanted);
    const content = await readdir(root);
    const strangers = content.filter((name) => !OURS.test(name) && !IGNORED.has(name));
    if (strangers.length > 0 && !content.includes('postgres')) {
      throw new EmbeddedServerError(
        `The data folder ${root} holds files that are not Coord's (${strangers.slice(0, 3).join(', ')}): set COORD_DATA_DIR to an empty folder.`,
      );
    }
    return at(root);
  } catch (error) {
    throw explainFolderError(error, wanted);
  }
}
