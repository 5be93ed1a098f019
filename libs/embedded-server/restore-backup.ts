import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BackupManifest, readManifest, refuseUnlessEmpty } from './backup';
import { type BackupFile, copyFile, listCluster } from './backup-files';
import { prepareDataFolder, UNFINISHED } from './data-folder';
import { acquireEngineLock } from './engine-lock';
import { EmbeddedServerError, explainFolderError } from './errors';
import { chooseServerUser, type ServerUser } from './server-user';
import { syncFolder } from './sync-folder';

/**
 * Makes a data folder of a backup, each file checked against its manifest. The next start recovers what was written while the backup was taken.
 *
 * @param target must be missing or empty
 * @throws EmbeddedServerError when the backup is not whole or the target not empty, or in use; then the target is as it was
 */
export async function restoreBackup({ backup, target }: { backup: string; target: string }): Promise<BackupManifest> {
  const source = resolve(backup);
  const manifest = await readManifest(source);
  await refuseUnlessEmpty(resolve(target));
  const folder = await prepareDataFolder(target);
  const lock = await acquireEngineLock(folder.root);
  const unfinished = join(folder.root, `${UNFINISHED}restore`);
  try {
    const user = await chooseServerUser(folder.cluster);
    const { folders } = await listCluster(join(source, 'postgres'));
    for (const path of ['', ...folders]) await mkdir(join(unfinished, path), { recursive: true, mode: 0o700 });
    for (const file of manifest.files) await bringBack(join(source, 'postgres'), unfinished, file);
    for (const path of ['', ...folders]) await syncFolder(join(unfinished, path));
    if (user !== undefined) await give(unfinished, user);
    await rename(unfinished, folder.cluster);
    await syncFolder(folder.root);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw explainFolderError(error, folder.root);
  } finally {
    await lock.release();
  }
}

async function bringBack(from: string, to: string, wanted: BackupFile): Promise<void> {
  const found = await copyFile(from, to, wanted.path);
  if (found === null) throw new EmbeddedServerError(`The backup in ${from} is damaged: ${wanted.path} is missing.`);
  if (found.sha256 !== wanted.sha256) throw new EmbeddedServerError(`The backup in ${from} is damaged: ${wanted.path} is not as it was written.`);
}

/** All of it to the user that Postgres runs as. */
async function give(folder: string, { uid, gid }: ServerUser): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) await chown(join(entry.parentPath, entry.name), uid, gid);
  await chown(folder, uid, gid);
}
