import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type Place, placeOf } from '../settings/place';
import type { GlobalFlags } from '../settings/settings';

/** A file as the engine knows it. */
export interface Resource {
  project_key: string;
  /** Relative to the root of the project, with slashes. */
  resource: string;
}

/**
 * The resources that a file is: by the name it is called and, where a symbolic link leads elsewhere, by the name that it has.
 * Empty for a file that belongs to no project.
 * @param file an absolute path; it need not exist
 * @param here the place of the agent. `COORD_PROJECT` and `--project` name its project, not those of other repositories.
 * @throws Failure when a settings file is broken.
 */
export function resourcesOf(file: string, here: Place, flags: GlobalFlags): Resource[] {
  const real = { ...here, root: here.root === null ? null : realPath(here.root) };
  const found = [resourceIn(file, here, flags), resourceIn(realPath(file), real, flags)].filter((resource) => resource !== null);
  return found.filter((one, i) => i === found.findIndex((other) => other.resource === one.resource && other.project_key === one.project_key));
}

/** The resource that a file is by this name alone. */
export function resourceIn(file: string, here: Place, flags: GlobalFlags, there: Place = elsewhere(file, flags)): Resource | null {
  // Also below the agent's root another project may lie, such as a submodule.
  const { root, project_key } = there.root === here.root ? here : there;
  if (root === null || project_key === null || !isBelow(root, file)) return null;
  const resource = relative(root, file).split(sep).join('/');
  return resource === '' ? null : { project_key, resource };
}

/** What the folder of a file belongs to. */
export const elsewhere = (file: string, flags: GlobalFlags): Place =>
  placeOf(dirname(file), { ...flags, project: undefined }, { ...process.env, COORD_PROJECT: undefined });

function isBelow(root: string, file: string): boolean {
  const way = relative(root, file);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The path without symbolic links; what does not exist yet stays as it is called. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
