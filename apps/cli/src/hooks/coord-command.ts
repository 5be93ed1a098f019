import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How a tool's shell calls this command: by name where that is found, since settings are shared; else by where it lies. */
export function coordCommand(env: NodeJS.ProcessEnv = process.env): string {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const isThere = folders.some((folder) => ['coord', 'coord.cmd'].some((name) => isExecutable(join(folder, name))));
  return isThere ? 'coord' : `"${process.execPath}" "${process.argv[1]}"`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
