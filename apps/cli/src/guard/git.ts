import { execFileSync } from 'node:child_process';
import { Failure } from '../failure';

/** The output of a git command in the current work tree. @throws Failure saying what git said. */
export function git(words: readonly string[], input?: string): string {
  try {
    return execFileSync('git', words, { encoding: 'utf8', input, maxBuffer: 256 << 20, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, code } = error as { stderr?: string; code?: string };
    if (code === 'ENOENT') throw new Failure('git is not installed.');
    throw new Failure(`git ${words[0]}: ${(stderr || String(error)).trim()}`);
  }
}

/** Whether git knows an object by this name. */
export function isCommit(name: string): boolean {
  try {
    git(['rev-parse', '--quiet', '--verify', `${name}^{commit}`]);
    return true;
  } catch {
    return false;
  }
}

/** The names in an output of `-z`, as git has them: any characters, from the root of the work tree. */
export const names = (output: string): string[] =>
  [...new Set(output.split('\0').map((name) => name.replace(/^\n+/, '')))].filter((name) => name !== '');
