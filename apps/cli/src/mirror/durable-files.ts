import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure';

/** Of what is being written; nobody who lists `*.json` sees it. */
const ENDING = '.mirror-tmp';

/** Of a link: what a repository brings along may not lead to files elsewhere. Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/** What a file holds, or null where there is none. @throws Failure where it is a link */
export function textOf(path: string): string | null {
  const file = unlessLink(path, () => unlessGone(() => openSync(path, constants.O_RDONLY | NO_LINK)));
  if (file === undefined) return null;
  try {
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Writes a file whole or not at all, over whatever stands there. */
export function replaceFile(path: string, text: string): void {
  renameSync(writtenBeside(path, text), path);
  syncFolder(dirname(path));
}

/** Puts a new file in its place, whole or not at all. False: there is one of that name, which stays. */
export function placeFile(path: string, text: string): boolean {
  const beside = writtenBeside(path, text);
  try {
    linkSync(beside, path);
    syncFolder(dirname(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/**
 * Replaces a file that others write as well, if it still is what was read (null: there was none). False: it is not, and stays.
 * @param kept where what is replaced lives on, for whoever has it open and writes on
 */
export function replaceUnchanged(path: string, read: string | null, text: string, kept?: string): boolean {
  if (read === null) return placeFile(path, text);
  const beside = writtenBeside(path, text);
  const before = kept ?? `${beside}.before${ENDING}`;
  try {
    rmSync(before, { force: true });
    if (!unlessGone(() => linkSync(path, before) ?? true) || textOf(before) !== read) return false;
    if (statSync(path).ino !== statSync(before).ino) return false;
    renameSync(beside, path);
    if (textOf(before) === read || kept !== undefined) return true;
    renameSync(before, path); // somebody wrote in that very moment: theirs is the newer one
    return false;
  } finally {
    rmSync(beside, { force: true });
    if (kept === undefined) rmSync(before, { force: true });
    syncFolder(dirname(path));
  }
}

/** Adds to the end of a file, durably. */
export function appendDurably(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | NO_LINK, 0o666);
  try {
    writeAll(file, text);
  } finally {
    closeSync(file);
  }
}

/** Moves a file where no other has its name; gives the path that it has then, or null when it is gone. */
export function moveInto(folder: string, path: string): string | null {
  mkdirSync(folder, { recursive: true });
  const target = freePath(folder, basename(path));
  const moved = unlessGone(() => renameSync(path, target) ?? true);
  if (!moved) return null;
  syncFolder(folder);
  syncFolder(dirname(path));
  return target;
}

/** A path in the folder that no file has: `msg-1.json`, `msg-1-2.json`, … */
export function freePath(folder: string, name: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? name : `${stem}-${n}${ending}`);
    if (!lstatSync(path, { throwIfNoEntry: false })) return path;
  }
}

/** Takes away what a run that was killed was about to write. */
export function removeHalfWritten(folder: string): void {
  for (const name of unlessGone(() => readdirSync(folder)) ?? [])
    if (name.startsWith('.') && name.endsWith(ENDING)) rmSync(join(folder, name), { force: true });
}

/** Gives what `read` gives; undefined when the file is not there (any more). */
export function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** @throws Failure where the system says that it is a link, which nobody follows here */
function unlessLink<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOOP') throw isLink(path);
    throw error;
  }
}

/** @throws Failure where one of the paths is a link */
export function refuseLinks(paths: readonly string[]): void {
  for (const path of paths) if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) throw isLink(path);
}

const isLink = (path: string): Failure =>
  new Failure(`${path} is a link, and the mirror follows none: what comes with a repository could lead it anywhere. Put a file or folder there.`);

function writtenBeside(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}${ENDING}`);
  const file = openSync(beside, 'wx');
  try {
    writeAll(file, text);
  } finally {
    closeSync(file);
  }
  return beside;
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
}

/** A new name is safe from a power cut once its folder is. Windows can't open folders, and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
