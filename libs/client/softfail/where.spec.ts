import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepOutOfGit, queuePath } from './where';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'coord queue '));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function folder(...names: string[]): string {
  const path = join(root, ...names);
  mkdirSync(path, { recursive: true });
  return path;
}
const at = (path: string): string => queuePath({ HOME: join(root, 'home') }, path);

test('writes wait in the nearest .claude', () => {
  folder('project', '.claude');
  expect(at(folder('project', 'src', 'deep'))).toBe(join(root, 'project', '.claude', 'coord-queue.jsonl'));
  folder('project', 'src', '.claude');
  expect(at(folder('project', 'src', 'deep'))).toBe(join(root, 'project', 'src', '.claude', 'coord-queue.jsonl'));
});

test('without one, at the root of the work tree, before the one of the home', () => {
  folder('home', '.claude');
  folder('home', 'project', '.git');
  expect(at(folder('home', 'project', 'src'))).toBe(join(root, 'home', 'project', '.claude', 'coord-queue.jsonl'));
  expect(at(folder('home', 'notes'))).toBe(join(root, 'home', '.claude', 'coord-queue.jsonl'));
  expect(at(folder('home'))).toBe(join(root, 'home', '.claude', 'coord-queue.jsonl'));
});

test('without any of them, in the folder itself', () => {
  expect(at(folder('elsewhere'))).toBe(join(root, 'elsewhere', '.claude', 'coord-queue.jsonl'));
});

test('COORD_QUEUE_FILE says it outright', () => {
  expect(queuePath({ COORD_QUEUE_FILE: 'q.jsonl' }, folder('a', '.claude'))).toBe(join(root, 'a', '.claude', 'q.jsonl'));
});

const git = (cwd: string, ...words: string[]): string => execFileSync('git', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test('git does not see the queue, and no file of the project has changed', () => {
  const project = folder('project');
  git(project, 'init');
  folder('project', 'sub', '.claude');
  const queue = join(project, 'sub', '.claude', 'coord-queue.jsonl');
  for (const name of ['coord-queue.jsonl', 'coord-queue.rejected.jsonl', 'settings.json']) writeFileSync(join(project, 'sub', '.claude', name), 'x');
  keepOutOfGit(queue);
  keepOutOfGit(queue);
  expect(git(project, 'status', '--short', '--untracked-files=all')).toBe('?? sub/.claude/settings.json\n');
  expect(readFileSync(join(project, '.git', 'info', 'exclude'), 'utf8').match(/coord-queue/g)).toHaveLength(1);
});

test('nor in a second work tree of the clone', () => {
  const project = folder('project');
  git(project, 'init');
  git(project, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--allow-empty', '-m', 'first');
  git(project, 'worktree', 'add', '../second');
  folder('second', '.claude');
  writeFileSync(join(root, 'second', '.claude', 'coord-queue.jsonl'), 'x');
  keepOutOfGit(join(root, 'second', '.claude', 'coord-queue.jsonl'));
  expect(git(join(root, 'second'), 'status', '--short')).toBe('');
});
