import { readdir, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolder } from './data-folder';
import { systemCode } from './errors';

/** What Postgres says about itself in its `postmaster.pid`. */
export interface PidFile {
  pid: number;
  port: number;
  ready: boolean;
}

const pathOf = (folder: DataFolder): string => join(folder.cluster, 'postmaster.pid');

/** Null when there is none. Its lines: pid, folder, start time, port, socket folder, address, shared memory, state. */
export async function readPidFile(folder: DataFolder): Promise<PidFile | null> {
  try {
    const lines = (await readFile(pathOf(folder), 'utf8')).split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** For a file whose process is known to be gone. */
export const removePidFile = (folder: DataFolder): Promise<void> =>
  unlink(pathOf(folder)).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });

/** Unix sockets, and their lock files, that a killed server has left. Each start takes another port, so they would pile up. */
export async function removeSockets(folder: DataFolder): Promise<void> {
  const names = await readdir(folder.cluster).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []; // no cluster yet
    throw error;
  });
  await Promise.all(names.filter((name) => name.startsWith('.s.PGSQL.')).map((name) => rm(join(folder.cluster, name), { force: true })));
}
