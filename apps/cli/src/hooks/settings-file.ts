import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { replaceWhole } from '../whole-file';
import type { Settings } from './merge';

/** A settings file of a tool: what it says, and how it is written. */
export interface SettingsText {
  settings: Settings;
  /** The white space of one level. */
  indent: string;
  /** Whether it ends with a line feed. */
  ended: boolean;
}

/**
 * Reads a settings file; one that is not there, or empty, says nothing.
 * @throws Error when it is no plain JSON object: comments, which some tools allow, would not survive a change.
 */
export function readSettingsFile(path: string): SettingsText {
  const text = existsSync(path) ? readFileSync(path, 'utf8').replace(/^\ufeff/, '') : '';
  if (text.trim() === '') return { settings: {}, indent: '  ', ended: true };
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is no plain JSON (comments?): ${(error as Error).message}`);
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) throw new Error('it is no JSON object');
  return { settings: settings as Settings, indent: /^([ \t]+)"/m.exec(text)?.[1] ?? '  ', ended: text.endsWith('\n') };
}

/** Writes settings in the manner of what was there, whole or not at all; a link to the file stays one. */
export function writeSettingsFile(path: string, settings: Settings, { indent, ended }: SettingsText): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const mode = existsSync(target) ? statSync(target).mode : 0o644;
  replaceWhole(target, `${JSON.stringify(settings, null, indent)}${ended ? '\n' : ''}`, mode);
}
