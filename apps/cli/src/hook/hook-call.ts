import type { GlobalFlags } from '../settings/settings';

export interface HookCall {
  /** What stands behind `hook`. */
  words: string[];
  flags: GlobalFlags;
}

/**
 * The call of a hook that a command line is; null for any other, and for one that asks for help. Global options stand anywhere on the line. What
 * is wrong with others is not looked at, since a hook ends with 0, whatever it is given.
 */
export function hookCall(line: readonly string[]): HookCall | null {
  const words: string[] = [];
  const flags: GlobalFlags = {};
  for (let at = 0; at < line.length; at++) {
    const word = line[at] ?? '';
    const [, name, value] = /^--(url|session|project)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) flags[name as keyof GlobalFlags] = value ?? line[++at];
    else if (HELP.has(word)) return null;
    else if (!word.startsWith('-')) words.push(word);
  }
  return words[0] === 'hook' ? { words: words.slice(1), flags } : null;
}

const HELP = new Set(['--help', '-h', '--version', '-V']);
