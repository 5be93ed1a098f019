import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Check, ok, warn } from './check';

/** Where agents keep their hooks, in a project or in the home of its user. */
const SETTINGS_OF: Readonly<Record<string, readonly string[]>> = {
  claude: ['.claude/settings.json', '.claude/settings.local.json'],
  codex: ['.codex/hooks.json', '.codex/config.toml'],
  gemini: ['.gemini/settings.json'],
  cursor: ['.cursor/hooks.json'],
};

/** Whether an agent's edits and git's commits are checked. */
export const checkEnforcement = (folder = process.cwd(), home = process.env.HOME ?? homedir()): Check[] => [
  checkHooks(folder, home),
  ...checkGuard(folder),
];

function checkHooks(folder: string, home: string): Check {
  const places = [...upwards(folder), home];
  const found = Object.entries(SETTINGS_OF).filter(([agent, files]) =>
    files.some((file) => places.some((place) => new RegExp(`\\bhook ${agent}\\b`).test(textOf(join(place, file))))),
  );
  if (found.length > 0) return ok('hooks', `installed for ${found.map(([agent]) => agent).join(', ')}`);
  return warn(
    'hooks',
    'no agent has them',
    'Keep agents from editing what others have locked: coord hooks install claude (or codex, gemini, cursor).',
  );
}

function checkGuard(folder: string): Check[] {
  const hook = gitHook(folder, 'pre-commit');
  if (hook === null) return [];
  if (/\bguard\b/.test(textOf(hook)) && /\bcoord\b/i.test(textOf(hook))) return [ok('guard', `git checks commits (${hook})`)];
  return [warn('guard', 'git commits what others have locked', 'Refuse that: coord guard install.')];
}

/** Where git looks for a hook; null outside of a work tree, or without git. */
function gitHook(folder: string, name: string): string | null {
  try {
    const path = execFileSync('git', ['rev-parse', '--git-path', `hooks/${name}`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return resolve(folder, path.trim());
  } catch {
    return null;
  }
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const upwards = (folder: string): string[] => (dirname(folder) === folder ? [folder] : [folder, ...upwards(dirname(folder))]);
