import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { CoordClient } from '@coord/client/index';
import { Failure } from '../failure';
import { replaceWhole } from '../whole-file';
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
  replaceWhole(path, page);
  return true;
}

/** A link stays one: what it leads to is replaced. @throws Failure where that lies outside of its folder */
function wholePath(file: string): string {
  const path = resolve(file);
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() || !existsSync(path)) return path;
  const [to, folder] = [realpathSync(path), realpathSync(dirname(path))];
  if (to.startsWith(`${folder}${sep}`)) return to;
  throw new Failure(`${file} is a link out of its folder, to ${to}: remove it, or give --file ${to}.`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
