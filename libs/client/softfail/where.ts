import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const NAME = join('.claude', 'coord-queue.jsonl');

/**
 * Where writes wait: `COORD_QUEUE_FILE`; else in the nearest `.claude` from `folder` upwards, else in one at the root of its git work tree. The
 * `.claude` of the user's home holds settings of the user and comes after those; without any there will be one in `folder`.
 */
export function queuePath(env: NodeJS.ProcessEnv = process.env, folder = process.cwd()): string {
  if (env.COORD_QUEUE_FILE) return resolve(folder, env.COORD_QUEUE_FILE);
  const home = resolve(env.HOME ?? homedir());
  const above = upwards(folder);
  const has = (at: string): boolean => statSync(join(at, '.claude'), { throwIfNoEntry: false })?.isDirectory() === true;
  const at =
    above.find((one) => (one !== home || one === folder) && has(one)) ??
    above.find((one) => existsSync(join(one, '.git'))) ??
    above.find((one) => one === home && has(one)) ??
    folder;
  return join(at, NAME);
}

/** The folder and those above it, the nearest first. */
function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

const IGNORED = '**/.claude/coord-queue*';

/**
 * Keeps the queue out of the commits of the work tree that it lies in ("gitignored", reference 001) without a change to any file of
 * the project: by the list of ignored files that belongs to the clone.
 */
export function keepOutOfGit(queue: string): void {
  const tree = upwards(dirname(queue)).find((one) => existsSync(join(one, '.git')));
  if (tree === undefined || !queue.endsWith(NAME)) return;
  const list = join(commonFolder(join(tree, '.git')), 'info', 'exclude');
  const text = existsSync(list) ? readFileSync(list, 'utf8') : '';
  if (text.split(/\r?\n/).includes(IGNORED)) return;
  mkdirSync(dirname(list), { recursive: true });
  appendFileSync(list, `${text === '' || text.endsWith('\n') ? '' : '\n'}${IGNORED}\n`);
}

/** Where git keeps what all work trees of a clone share: `.git` may be a file that names the folder, and that may name another. */
function commonFolder(dotGit: string): string {
  if (statSync(dotGit).isDirectory()) return dotGit;
  const folder = resolve(
    dirname(dotGit),
    readFileSync(dotGit, 'utf8')
      .replace(/^gitdir:\s*/, '')
      .trim(),
  );
  const common = join(folder, 'commondir');
  return existsSync(common) ? resolve(folder, readFileSync(common, 'utf8').trim()) : folder;
}
