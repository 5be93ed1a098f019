import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all, over whatever stands there: whoever reads it sees the old text or the new one.
 * @param mode of the file, less the umask
 */
export function replaceWhole(path: string, text: string, mode = 0o666): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    rmSync(fresh, { force: true });
    // a link that somebody has put there since is not followed
    writeFileSync(fresh, text, { flag: 'wx', mode });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
