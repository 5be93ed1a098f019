import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CoordClient } from '@coord/client/index';
import { boardPage, withoutMoment } from './board-page';
import { snapshotOf } from './snapshot';

/** Where the board of a folder lies: beside the older system's files where they are, else in the folder itself. */
export function boardFile(folder: string): string {
  const coordination = join(folder, 'COORDINATION');
  return join(statSync(coordination, { throwIfNoEntry: false })?.isDirectory() ? coordination : folder, 'STATUS_BOARD.md');
}

/** Writes the board as it is now; `news`: only if more has changed than the moment. @returns whether it was written. */
export async function writeBoard(api: CoordClient, project_key: string, file: string, { news = false } = {}): Promise<boolean> {
  const page = boardPage(await snapshotOf(api, project_key));
  const path = wholePath(file);
  if (news && withoutMoment(textOf(path)) === withoutMoment(page)) return false;
  replace(path, page);
  return true;
}

/** Whoever reads the file sees the old page or the new one. */
function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** A link stays one: what it leads to is replaced. */
function wholePath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file); // it is not there yet
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
