import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedServerError, systemCode } from './errors';

/** A file of a backup. */
export interface BackupFile {
  /** Below the cluster, with `/`. */
  path: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** What `pg_basebackup` leaves out too (Postgres documentation, 54.4): the folder is made again, its content belongs to the running server. */
const EMPTIED = new Set(['pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_wal']);
const LEFT_OUT = /^(postmaster\.(pid|opts)|\.s\.PGSQL\..*|pgsql_tmp.*|pg_internal\.init.*|backup_label(\.old)?|tablespace_map(\.old)?)$/;
/** Copied last: recovery begins with what it says. */
export const CONTROL_FILE = 'global/pg_control';

const PIECE = 256 * 1024;

/** All that belongs into a backup of a cluster that runs, but for its write-ahead log and its control file. */
export async function listCluster(cluster: string): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(cluster, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink())
        throw new EmbeddedServerError(
          `${join(cluster, path)} is a symbolic link, whose content no backup holds: put the folder itself in its place.`,
        );
      if (LEFT_OUT.test(entry.name) || path === CONTROL_FILE) continue;
      if (entry.isFile()) files.push(path);
      if (!entry.isDirectory()) continue;
      folders.push(path);
      if (!EMPTIED.has(path)) await walk(path);
    }
  };
  await walk('');
  // Made by every server at its start in an older one, but not in an empty folder.
  return { folders: [...new Set([...folders, 'pg_wal/archive_status', 'pg_wal/summaries'])].sort(), files };
}

/**
 * Copies a file piece by piece, and to the disk.
 * @returns null when it is gone: what a server removes meanwhile it removes again in recovery
 */
export async function copyFile(from: string, to: string, path: string): Promise<BackupFile | null> {
  const source = await open(join(from, path)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    return await write(to, path, source.createReadStream({ highWaterMark: PIECE, autoClose: false }));
  } finally {
    await source.close();
  }
}

/** Writes a file of a backup, and to the disk. */
export async function write(to: string, path: string, pieces: AsyncIterable<Buffer>): Promise<BackupFile> {
  const target = await open(join(to, path), 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      await target.writeFile(piece);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

/** The control file between two writes of it: the server overwrites it in place. */
export async function readControlFile(cluster: string): Promise<Buffer> {
  const path = join(cluster, CONTROL_FILE);
  for (let last = await readFile(path); ; ) {
    const again = await readFile(path);
    if (again.equals(last)) return again;
    last = again;
  }
}
