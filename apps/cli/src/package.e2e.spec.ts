import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { build, ROOT } from '../../../test/support/build';
import { createDatabase, type TestDatabase } from '../../../test/support/database';

const run = promisify(execFile);
const { PATH = '' } = process.env;
let folder: string;
let database: TestDatabase;
let command: string;

/** What `npm install` makes of the tarball, with the dependencies that are here. */
beforeAll(async () => {
  await build();
  [folder, database] = await Promise.all([temporaryFolder(), createDatabase()]);
  const env = { PATH, HOME: folder };
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', folder], { cwd: ROOT, env });
  await run('tar', ['-xzf', join(folder, stdout.trim()), '-C', folder]);
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  command = join(folder, 'package/dist/apps/cli/src/main.js');
}, 60_000);
afterAll(async () => {
  await database.drop();
  await removeFolders();
});

const coord = (args: readonly string[], env: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: { PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, ended: once(child, 'close') as Promise<[number | null]> };
};

test('the package holds what runs, and nothing that it is made of', async () => {
  expect((await readdir(join(folder, 'package'))).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const files = await readdir(join(folder, 'package/dist'), { recursive: true });
  expect(files.filter((file) => /\.map$|\.spec\.|\.ts$/.test(file))).toEqual([]);
});

test('its command starts its engine, claims on it, and ends it', async () => {
  const engine = coord(['server', '--port', '0'], { DATABASE_URL: database.url, COORD_LOG_LEVEL: 'warn' });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    engine.child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const at = /ready at (\S+)\n/.exec(said)?.[1];
      if (at) resolve(at);
    });
    void engine.ended.then(() => reject(new Error(`The engine ended: ${said}`)));
  });
  const claim = coord(['--url', url, '--session', 'A', 'lock', 'claim', 'shop', 'src', 'Refunds']);
  expect(JSON.parse(await text(claim.child.stdout))).toMatchObject({
    schema_version: 1,
    data: { session_id: 'A', resource: 'src', status: 'active' },
  });
  engine.child.kill('SIGTERM');
  expect((await engine.ended)[0]).toBe(0);
});
