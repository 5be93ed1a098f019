import { execFileSync } from 'node:child_process';
import { accessSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const isRoot = process.getuid?.() === 0;
export const NOBODY = 65_534;

const made: string[] = [];
const mounted: string[] = [];

/** A new folder with blanks in its name, gone after the test file; 0o700 unless told otherwise. */
export async function temporaryFolder(mode = 0o700): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coord embedded '));
  made.push(folder);
  await chmod(folder, mode);
  return folder;
}

/** A new folder on a disk of its own with so many MiB. */
export async function smallDisk(mebibytes: number): Promise<string> {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'coord-test', folder]);
  mounted.push(folder);
  return folder;
}

export function enlargeDisk(folder: string, mebibytes: number): void {
  execFileSync('mount', ['-o', `remount,size=${mebibytes}m`, folder]);
}

/** Whether this process may mount one: root may, unless it is confined to a container. */
export function canMount(): boolean {
  if (!isRoot) return false;
  try {
    const folder = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'coord-test', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    execFileSync('rmdir', [folder]);
    return true;
  } catch {
    return false;
  }
}

/** Whether another user can read the sources and node_modules, which a test needs that runs an engine as one. */
export function othersReachSources(): boolean {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o005) !== 0o005) return false;
  }
  accessSync(process.execPath);
  return true;
}

export async function removeFolders(): Promise<void> {
  for (const folder of mounted.splice(0)) execFileSync('umount', [folder]);
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
}
