import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api } from '../../../../test/support/api';
import { coord, environmentIn } from '../../../../test/support/coord-command';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

/** A git repository whose folder names its project. */
class Repository {
  readonly env: Record<string, string>;

  constructor(
    readonly folder: string,
    readonly key: string,
    home: string,
  ) {
    const who = { GIT_AUTHOR_NAME: 'n', GIT_AUTHOR_EMAIL: 'e', GIT_COMMITTER_NAME: 'n', GIT_COMMITTER_EMAIL: 'e', GIT_CONFIG_NOSYSTEM: '1' };
    this.env = { ...environmentIn({ folder: home }), ...who, COORD_URL: api.url, COORD_MACHINE: 'M' };
  }

  static async create(): Promise<Repository> {
    const home = await temporaryFolder();
    const key = api.name('repository');
    const folder = join(home, key);
    mkdirSync(folder);
    const repository = new Repository(folder, key, home);
    await repository.git('init', '-q', '-b', 'main');
    return repository;
  }

  /** @returns what git printed, and its exit code. Asynchronous: the engine that its hooks ask is in this process. */
  async try(words: string[], env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
    const child = spawn('git', words, { cwd: this.folder, env: { ...this.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, said: stdout + stderr };
  }

  async git(...words: string[]): Promise<string> {
    const { code, said } = await this.try(words);
    expect({ words, code, said }).toEqual({ words, code: 0, said });
    return said;
  }

  write(file: string, content = file): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), content);
  }

  async commit(...words: string[]): Promise<{ code: number | null; said: string }> {
    await this.git('add', '-A');
    return this.try(['commit', '-q', '-m', 'm', ...words]);
  }

  coord(...words: string[]) {
    return coord({ folder: this.folder, env: this.env }, words);
  }
}

test('a commit of what another session has locked is refused, with --no-verify it is made', async () => {
  const repository = await Repository.create();
  expect((await repository.coord('guard', 'install')).data).toMatchObject([
    { hook: 'pre-commit', guarded: true },
    { hook: 'pre-push', guarded: true },
  ]);
  await api.claim(repository.key, 'OTHER/x', 'src', { description: 'Moving files' });
  await api.claim(repository.key, 'M/claude-main', 'own.ts');
  repository.write('own.ts');
  repository.write('free.ts');
  expect((await repository.commit()).code).toBe(0);

  const odd = 'src/ä b\n"c".ts';
  repository.write(odd);
  const { code, said } = await repository.commit();
  expect(code).toBe(1);
  expect(said).toContain('coord guard: this commit changes what others have locked.');
  expect(said).toContain('src/ä b "c".ts is locked by OTHER/x (its lock is on src) until 2026-05-12 14:00 UTC (for another 2 h), for: Moving files.');
  expect((await repository.try(['commit', '-q', '-m', 'm'], { COORD_SESSION_ID: 'OTHER/x' })).code).toBe(0);

  // Both paths of a rename have to be free, and a file that goes, too.
  await repository.git('mv', odd, 'free2.ts');
  expect((await repository.commit()).code).toBe(1);
  expect((await repository.commit('--no-verify')).code).toBe(0);
});

test('a thousand files under patterns cost no more than the list of locks', async () => {
  const repository = await Repository.create();
  await repository.coord('guard', 'install');
  for (let i = 0; i < 1_000; i++) repository.write(`src/${i % 50}/${i}.ts`);
  for (let i = 0; i < 5; i++) await api.claim(repository.key, `OTHER/${i}`, `src/**/[!0-9]*/${i}.{sql,ts}`);
  const before = await requests();
  expect((await repository.commit()).code).toBe(0);
  expect((await requests()) - before).toBeLessThanOrEqual(3);
  await api.claim(repository.key, 'OTHER/x', 'src/7/*7.ts');
  repository.write('src/7/7.ts', 'changed');
  expect((await repository.commit()).said).toContain('src/7/7.ts is locked by OTHER/x (its lock is on src/7/*7.ts)');
});

/** How many requests the engine has answered, this one not among them. */
async function requests(): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const counts = [...text.matchAll(/^coord_http_request_seconds_count\{[^}]*locks[^}]*\} (\d+)/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

test('a push of commits that change what another session has locked is refused', async () => {
  const repository = await Repository.create();
  const remote = join(dirname(repository.folder), 'remote.git');
  await repository.git('init', '-q', '--bare', remote);
  await repository.git('remote', 'add', 'origin', remote);
  await repository.coord('guard', 'install');
  repository.write('a.ts');
  await repository.commit();
  await repository.git('push', '-q', 'origin', 'main');
  await api.claim(repository.key, 'OTHER/x', 'a.ts');
  repository.write('b.ts');
  await repository.commit();
  await repository.git('push', '-q', 'origin', 'main'); // what is there already is not pushed again
  await repository.git('push', '-q', 'origin', 'main:new');
  repository.write('a.ts', 'changed');
  await repository.commit('--no-verify');
  const { code, said } = await repository.try(['push', '-q', 'origin', 'main']);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('coord guard: this push changes what others have locked.') });
  await repository.git('push', '-q', '--no-verify', 'origin', 'main');
});

test('a merge is not held up by what the other side has changed', async () => {
  const repository = await Repository.create();
  for (const file of ['a.ts', 'b.ts']) repository.write(file);
  await repository.commit();
  await repository.git('switch', '-q', '-c', 'other');
  repository.write('a.ts', 'theirs');
  await repository.commit();
  await repository.git('switch', '-q', 'main');
  repository.write('b.ts', 'ours');
  await repository.commit();
  await repository.coord('guard', 'install');
  await api.claim(repository.key, 'OTHER/x', 'a.ts');
  await repository.git('merge', '-q', '--no-commit', '--no-ff', 'other');
  expect(await repository.commit()).toEqual({ code: 0, said: '' });
});

test('without an engine a commit is made, with a warning', async () => {
  const repository = await Repository.create();
  await repository.coord('guard', 'install');
  repository.write('a.ts');
  await repository.git('add', '-A');
  const away = { COORD_URL: 'http://127.0.0.1:1' };
  expect((await repository.try(['commit', '-q', '-m', 'm'], away)).code).toBe(0);
  const { code, stderr } = await coord({ folder: repository.folder, env: { ...repository.env, ...away } }, ['guard', 'check', 'pre-commit']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' }); // nothing is staged any more
  repository.write('b.ts');
  await repository.git('add', '-A');
  const warned = await coord({ folder: repository.folder, env: { ...repository.env, ...away } }, ['guard', 'check', 'pre-commit']);
  expect(warned).toMatchObject({ code: 0, stderr: expect.stringContaining('the commit was not checked for locks') });
});

test('hooks that are there run after the guard, also where core.hooksPath has them, and are as before when it goes', async () => {
  const repository = await Repository.create();
  await repository.git('config', 'core.hooksPath', 'tools/hooks');
  const script = '#!/bin/sh -e\necho "$(basename "$0") ran" >> ran\n';
  const program = '#!/usr/bin/env node\nrequire("fs").appendFileSync("ran", process.argv[2] + " " + require("fs").readFileSync(0, "utf8"));\n';
  const hooks = { 'pre-commit': script, 'pre-push': program };
  for (const [name, text] of Object.entries(hooks)) {
    repository.write(`tools/hooks/${name}`, text);
    chmodSync(join(repository.folder, `tools/hooks/${name}`), 0o755);
  }
  writeFileSync(join(repository.folder, '.gitignore'), 'ran\n');
  await repository.coord('guard', 'install');
  expect((await repository.coord('guard', 'install')).data).toMatchObject([{ changed: false }, { changed: false }]);
  expect(await repository.commit()).toEqual({ code: 0, said: '' });
  const remote = join(dirname(repository.folder), 'remote.git');
  await repository.git('init', '-q', '--bare', remote);
  await repository.git('push', '-q', remote, 'main');
  const id = (await repository.git('rev-parse', 'main')).trim();
  expect(readFileSync(join(repository.folder, 'ran'), 'utf8')).toBe(
    `pre-commit ran\n${remote} refs/heads/main ${id} refs/heads/main ${'0'.repeat(40)}\n`,
  );

  await repository.coord('guard', 'uninstall');
  for (const [name, text] of Object.entries(hooks)) expect(readFileSync(join(repository.folder, `tools/hooks/${name}`), 'utf8')).toBe(text);
  expect(existsSync(join(repository.folder, 'tools/hooks/pre-push.coord-chained'))).toBe(false);
});

test.each([
  ['a shell script', '#!/bin/sh\nexit 1\n'],
  ['another program', '#!/usr/bin/env node\nprocess.exit(1);\n'],
])('a hook that is switched off, %s, stays so, and is as before when the guard goes', async (_, hook) => {
  const repository = await Repository.create();
  const path = join(repository.folder, '.git/hooks/pre-commit');
  writeFileSync(path, hook, { mode: 0o644 });
  await repository.coord('guard', 'install');
  repository.write('a.ts');
  expect(await repository.commit()).toEqual({ code: 0, said: '' });
  await api.claim(repository.key, 'OTHER/x', 'b.ts');
  repository.write('b.ts');
  expect((await repository.commit()).code).toBe(1);
  await repository.coord('guard', 'uninstall');
  expect({ text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 }).toEqual({ text: hook, mode: 0o644 });
});

test('a linked work tree belongs to the same project and is guarded with it', async () => {
  const repository = await Repository.create();
  repository.write('a.ts');
  await repository.commit();
  await repository.coord('guard', 'install');
  const linked = new Repository(`${repository.folder}-linked`, repository.key, dirname(repository.folder));
  await repository.git('worktree', 'add', '-q', linked.folder);
  await api.claim(repository.key, 'OTHER/x', 'a.ts');
  linked.write('a.ts', 'changed');
  expect((await linked.commit()).said).toContain('a.ts is locked by OTHER/x');
});
