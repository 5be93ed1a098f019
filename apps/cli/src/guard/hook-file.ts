import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export const GIT_HOOKS = ['pre-commit', 'pre-push'] as const;
export type GitHook = (typeof GIT_HOOKS)[number];

const BEGIN = '# >>> coord guard: refuses what others have locked; `coord guard uninstall` takes this out >>>';
const END = '# <<< coord guard <<<';
const SHEBANG = '#!/bin/sh\n';

/** Where a hook that is no shell script, or that is switched off, is kept; what may be run is run after the guard. */
const asideOf = (path: string): string => `${path}.coord-chained`;

/**
 * Puts the guard first in a git hook, and lets what was there run after it, with the same arguments and the same input. A shell script gets
 * a few lines behind its first; any other program is put aside and called, since a hook may look at its own name. A hook that may not be executed is
 * none to git: it is put aside as it is, and stays switched off.
 * @param coord the command, as a shell takes it
 * @returns whether anything changed
 */
export function addGuard(path: string, hook: GitHook, coord: string): boolean {
  const block = guardLines(hook, coord);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (text?.includes(BEGIN)) {
    const updated = text.replace(blockPattern(), () => block);
    if (updated === text) return false;
    writeFileSync(path, updated);
    return true;
  }
  const shebang = text?.match(/^#!.*\n/)?.[0] ?? '';
  mkdirSync(dirname(path), { recursive: true });
  const switchedOff = text !== null && !isExecutable(path);
  if (text !== null && !switchedOff && /\b(ba|da|k|z)?sh\b/.test(shebang)) writeFileSync(path, `${shebang}${block}${text.slice(shebang.length)}`);
  else if (text === null || (text.trim() === '' && !switchedOff)) writeFileSync(path, `${SHEBANG}${block}`);
  else {
    renameSync(path, asideOf(path));
    writeFileSync(path, `${SHEBANG}${block}${chainLine(hook)}`);
  }
  chmodSync(path, 0o755);
  return true;
}

/** Takes the guard out again; what was there before it is as it was. @returns whether anything changed */
export function removeGuard(path: string, hook: GitHook): boolean {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!text.includes(BEGIN)) return false;
  const rest = text.replace(blockPattern(), '');
  if (CHAIN_LINES.some((line) => rest === SHEBANG + line(hook)) && existsSync(asideOf(path))) renameSync(asideOf(path), path);
  else if (rest === SHEBANG) rmSync(path);
  else writeFileSync(path, rest);
  return true;
}

/** Whether the guard stands in a git hook. */
export const isGuarded = (path: string): boolean => existsSync(path) && readFileSync(path, 'utf8').includes(BEGIN);

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const chainLine = (hook: GitHook): string => {
  const aside = `"$(dirname "$0")/${hook}.coord-chained"`;
  return `[ ! -x ${aside} ] || exec ${aside} "$@"\n`;
};

/** This one, and that of earlier versions. */
const CHAIN_LINES = [chainLine, (hook: GitHook): string => `exec "$(dirname "$0")/${hook}.coord-chained" "$@"\n`];

const blockPattern = (): RegExp => new RegExp(`^${BEGIN.replace(/[`;]/g, '.')}\\n[^]*?^${END}\\n`, 'm');

/** Only a lock stands in the way (exit code 3): without `coord`, or when it fails, git goes on. */
function guardLines(hook: GitHook, coord: string): string {
  const program = coord.match(/"([^"]+)"$/)?.[1];
  const isThere = program === undefined ? `command -v ${coord} >/dev/null 2>&1` : `[ -e "${program}" ]`;
  const check = `${coord} guard check ${hook}`;
  const lines =
    hook === 'pre-commit'
      ? [`if ${isThere}; then`, `  ${check} || [ $? -ne 3 ] || exit 1`, 'fi']
      : [
          `if ${isThere}; then`,
          '  coord_refs=$(cat)',
          `  printf '%s\\n' "$coord_refs" | ${check} "$1" || [ $? -ne 3 ] || exit 1`,
          '  exec <<COORD_REFS',
          '$coord_refs',
          'COORD_REFS',
          'fi',
        ];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
}
