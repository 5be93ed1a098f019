import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type postgres from 'postgres';
import { type BackupFile, CONTROL_FILE, copyFile, listCluster, readControlFile, write } from './backup-files';
import { oneConnection } from './connection';
import { findDataFolder } from './data-folder';
import { EmbeddedServerError, explainFolderError, systemCode } from './errors';
import { syncFolder } from './sync-folder';

/** Says what a backup holds. Written last: a folder without it is no backup. */
export const MANIFEST = 'coord-backup.json';
/** Of the manifest and the folders beside it. */
export const BACKUP_FORMAT = 1;

export interface BackupManifest {
  format: number;
  /** Major version of the Postgres that can start it. */
  postgres: string;
  /** ISO 8601: when its last moment was. */
  taken_at: string;
  /** Every event up to this position of the log is in it. */
  position: number;
  files: BackupFile[];
}

export interface BackupOptions {
  /** Of an embedded server that runs: by an engine, or by `startEmbeddedServer`. */
  dataDir: string;
  /** Must be missing or empty. */
  target: string;
  /** Asked when all files have been copied; what was committed before is in the backup. */
  position: (sql: postgres.Sql) => Promise<number>;
}

/**
 * Copies the cluster of an embedded server while it runs and others write, as `pg_basebackup` does: the files as they are, and the
 * write-ahead log from the moment before the first to the moment after the last, with which the server that starts on the copy makes them
 * one moment. All that was committed when `position` was asked is in it; of what came later whole transactions or nothing.
 *
 * @throws EmbeddedServerError, and what Postgres or the file system refuse; then no target is left
 */
export async function takeBackup({ dataDir, target, position }: BackupOptions): Promise<BackupManifest> {
  const place = resolve(target);
  const folder = await findDataFolder(dataDir);
  const connection = folder && (await oneConnection(dataDir));
  if (!folder || !connection) throw new EmbeddedServerError(`No server runs on ${dataDir}.`);
  try {
    await refuseUnlessEmpty(place);
    await mkdir(dirname(place), { recursive: true });
    const unfinished = await mkdtemp(join(dirname(place), `${basename(place)}.unfinished-`));
    try {
      const manifest = await copyCluster(connection.sql, folder.cluster, join(unfinished, 'postgres'), position);
      await write(unfinished, MANIFEST, bytesOf(`${JSON.stringify(manifest, null, 1)}\n`));
      await syncFolder(unfinished);
      await rename(unfinished, place);
      await syncFolder(dirname(place));
      return manifest;
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    throw explainFolderError(error, dirname(place));
  } finally {
    await connection.end();
  }
}

async function copyCluster(sql: postgres.Sql, cluster: string, to: string, position: BackupOptions['position']): Promise<BackupManifest> {
  // Keeps the write-ahead log from being recycled; it is gone with the connection, and so is a backup mode that was not ended.
  const slot = `coord_backup_${process.pid}`;
  await sql`select pg_create_physical_replication_slot(${slot}, immediately_reserve => true, temporary => true)`;
  const [begun] = await sql<{ first: string }[]>`select pg_walfile_name(pg_backup_start('coord', fast => true)) as first`;
  const { folders, files } = await listCluster(cluster);
  for (const folder of ['', ...folders]) await mkdir(join(to, folder), { recursive: true, mode: 0o700 });
  const copied: (BackupFile | null)[] = [];
  for (const path of files) copied.push(await copyFile(cluster, to, path));
  copied.push(await write(to, CONTROL_FILE, bytesOf(await readControlFile(cluster))));
  const reached = await position(sql);
  const [ended] = await sql<{ last: string; label: string; at: Date; major: string }[]>`
    select pg_walfile_name(lsn - 1) as last, labelfile as label, now() as at, current_setting('server_version_num')::int / 10000 as major
    from pg_backup_stop(wait_for_archive => false)`;
  if (!begun || !ended) throw new Error('Postgres gives a row for each of these');
  copied.push(await write(to, 'backup_label', bytesOf(ended.label)));
  for (const name of await walFiles(cluster, begun.first, ended.last)) copied.push(await copyFile(cluster, to, `pg_wal/${name}`));
  for (const folder of ['', ...folders]) await syncFolder(join(to, folder));
  const whole = copied.filter((file) => file !== null);
  return { format: BACKUP_FORMAT, postgres: String(ended.major), taken_at: ended.at.toISOString(), position: reached, files: whole };
}

/** Segments of one timeline, in order of their names; none may be missing. */
async function walFiles(cluster: string, first: string, last: string): Promise<string[]> {
  const names = (await readdir(join(cluster, 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last).sort();
  if (names[0] !== first || names.at(-1) !== last)
    throw new EmbeddedServerError(`The write-ahead log in ${cluster} is not whole: take the backup again.`);
  return names;
}

async function* bytesOf(content: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}

/** @throws EmbeddedServerError when there is something in the folder */
export async function refuseUnlessEmpty(folder: string): Promise<void> {
  const content = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (content.length > 0) throw new EmbeddedServerError(`The folder ${folder} is not empty: name one that is, or that does not exist yet.`);
}

/** @throws EmbeddedServerError when the folder holds no complete backup */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') throw new EmbeddedServerError(`The folder ${folder} holds no complete backup: ${MANIFEST} is missing.`);
    throw error;
  });
  const manifest = JSON.parse(text) as BackupManifest;
  if (manifest.format !== BACKUP_FORMAT)
    throw new EmbeddedServerError(`The backup in ${folder} has format ${manifest.format}, which this version of Coord does not know.`);
  return manifest;
}
