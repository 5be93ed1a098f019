import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Adds one line to a file, which is on the disk when this returns. After a line that was torn off it begins a new one.
 * @throws Error when there is no room, and then none of it is in the file.
 */
export function appendLine(path: string, line: string): void {
  writeLine(path, line)();
}

/** The same, but it is on the disk only when the function that it gives has returned: that may wait until others need no longer wait. */
export function writeLine(path: string, line: string): () => void {
  const fd = openSync(path, 'a+', 0o600);
  try {
    const { size, ino } = fstatSync(fd);
    add(fd, size, line, path);
    // Whoever is stopped in here for long may have been taken for dead: then the file is another by now, and this one gone.
    if (statSync(path, { throwIfNoEntry: false })?.ino === ino) return () => settle(fd, size === 0 ? dirname(path) : null);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return writeLine(path, line);
}

function add(fd: number, size: number, line: string, path: string): void {
  const bytes = Buffer.from(`${endsLine(fd, size) ? '' : '\n'}${line}\n`);
  // In one call: what is added to a file that was opened for appending is not mixed with what others add (POSIX, write()).
  const written = writeSync(fd, bytes);
  if (written === bytes.length) return;
  if (fstatSync(fd).size === size + written) ftruncateSync(fd, size);
  throw new Error(`${path}: there is no room for another line`);
}

function settle(fd: number, folder: string | null): void {
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  if (folder !== null) syncFolder(folder);
}

function endsLine(fd: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
}

/** Gives the file this content in one step: whoever reads it, also after a power failure, finds the old one or the new one. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.new`;
  writeFileSync(beside, text, { mode: 0o600, flush: true });
  renameSync(beside, path);
}

/** A name in a folder lasts only when the folder is on the disk. Windows can't do that, and need not. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
