import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, sep } from 'node:path';
import type { DataFolder } from './data-folder';
import { EmbeddedServerError, explainFolderError, systemCode } from './errors';
import type { ServerUser } from './server-user';

/** Needed to build against Postgres, not to run it. */
const NOT_COPIED = new Set(['include', 'pkgconfig']);

/**
 * A copy of the binaries that the server's user can run: for an ordinary user in the data folder, for root at a place that every user can reach.
 * It is made once for each version and is complete whenever it exists.
 * @param complete makes links and rights complete in the copy, before it gets its name
 * @returns the folder with bin, lib and share
 */
export async function copyForServerUser(
  native: string,
  folder: DataFolder,
  user: ServerUser | undefined,
  complete: (native: string) => Promise<void>,
): Promise<string> {
  const name = `binaries-${await fingerprint(native)}`;
  const base = user === undefined ? folder.root : await reachableBase();
  const copy = join(base, name);
  if (await isTrusted(copy)) return join(copy, 'native');
  const unfinished = join(base, `binaries-new-${randomUUID()}`);
  try {
    await mkdir(join(unfinished, 'native'), { recursive: true, mode: 0o755 });
    await cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true, filter: isNeeded });
    await complete(join(unfinished, 'native'));
    await openToAll(unfinished);
    await rename(unfinished, copy).catch(async (error: unknown) => {
      // Another start has made the same copy meanwhile.
      if (!(await isTrusted(copy))) throw error;
    });
  } catch (error) {
    throw explainFolderError(error, base);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return join(copy, 'native');
}

const isNeeded = (path: string): boolean => extname(path) !== '.a' && !path.split(sep).some((part) => NOT_COPIED.has(part));

/** Changes with the version: made from the names and sizes of programs and libraries. */
async function fingerprint(native: string): Promise<string> {
  const hash = createHash('sha256');
  for (const part of ['bin', 'lib', join('lib', 'postgresql')]) {
    for (const name of (await readdir(join(native, part))).sort()) {
      const { size } = await stat(join(native, part, name)).catch(() => ({ size: 0 }));
      if (isNeeded(name) && !/\.so(\.\d+)?$/.test(name)) hash.update(`${part}/${name} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Where root may keep programs for another user: never where someone else could have put them first. */
async function reachableBase(): Promise<string> {
  const candidates = ['/var/lib/coord', '/var/cache/coord', join(tmpdir(), 'coord-root')];
  for (const candidate of candidates) {
    // The mode is set again because mkdir's is narrowed by the umask.
    await mkdir(candidate).then(
      () => chmod(candidate, 0o755),
      (error: unknown) => {
        if (!['EEXIST', 'ENOENT', 'EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) throw explainFolderError(error, candidate);
      },
    );
    if ((await isTrusted(candidate)) && (await everyoneMayPass(candidate))) return candidate;
  }
  throw new EmbeddedServerError(
    `Postgres runs as another user below root and can't reach the installed binaries, and none of ${candidates.join(', ')} can hold a copy: clone to a folder that every user can read, or set DATABASE_URL.`,
  );
}

/** A folder (not a link) of this user's own that no one else can write, below folders of which the same is true or in which nobody can replace it. */
async function isTrusted(path: string): Promise<boolean> {
  const me = process.getuid?.() ?? 0;
  const entry = await lstat(path).catch(() => undefined);
  if (entry === undefined || !entry.isDirectory() || entry.uid !== me || (entry.mode & 0o022) !== 0) return false;
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    const { mode, uid } = await stat(parent);
    const sticky = (mode & 0o1000) !== 0;
    if ((uid !== 0 && uid !== me) || ((mode & 0o022) !== 0 && !sticky)) return false;
  }
  return true;
}

async function everyoneMayPass(path: string): Promise<boolean> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
  }
  return true;
}

/** The rights may come from an install under a narrow umask; and the bytes have to be on disk before the copy gets its name. */
async function openToAll(root: string): Promise<void> {
  const me = { uid: process.getuid?.(), gid: process.getgid?.() };
  for (const entry of [root, ...(await readdir(root, { recursive: true })).map((path) => join(root, path))]) {
    const found = await lstat(entry);
    if (found.isSymbolicLink()) continue;
    if (me.uid !== undefined && me.gid !== undefined) await chown(entry, me.uid, me.gid);
    const isProgram = relative(root, entry).startsWith(join('native', 'bin'));
    await chmod(entry, found.isDirectory() || isProgram ? 0o755 : 0o644);
    if (!found.isFile()) continue;
    const file = await open(entry, 'r');
    await file.sync().finally(() => file.close());
  }
}
