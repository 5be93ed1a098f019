import { basename, dirname, resolve } from 'node:path';
import type { Settings } from '../settings/settings';

/** The project of a COORDINATION folder: the one that the settings name, else the name of the folder that it lies in. */
export function projectOf({ project_key }: Pick<Settings, 'project_key'>, folder: string): string {
  const whole = resolve(folder);
  const named = /^coordination$/i.test(basename(whole)) ? basename(dirname(whole)) : basename(whole);
  return project_key ?? (named || 'coordination');
}
