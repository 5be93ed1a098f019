import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api } from '../../../../test/support/api';
import { build } from '../../../../test/support/build';
import { COORD, coord, environmentIn } from '../../../../test/support/coord-command';
import { until } from '../../../../test/support/until';

let api: Api;
let folder: string;
beforeAll(async () => {
  await build();
  api = await Api.start();
  folder = await temporaryFolder();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

test('a name with a line feed forges no line of what is printed', async () => {
  const { stdout } = await coord({ folder, env: { COORD_URL: api.url } }, ['board', '--file', 'docs/a\nshows', '--project', 'x', '--text']);
  expect(stdout).toBe('docs/a shows shows the project x.\n');
  rmSync(join(folder, 'docs'), { recursive: true });
});

test('a board that is a link out of its folder is not followed', async () => {
  const [target, file] = [join(await temporaryFolder(), 'profile'), join(folder, 'link.md')];
  writeFileSync(target, 'mine');
  symlinkSync(target, file);
  const { code, stderr } = await coord({ folder, env: { COORD_URL: api.url } }, ['board', '--file', file, '--project', 'x']);
  expect([code, readFileSync(target, 'utf8')]).toEqual([1, 'mine']);
  expect(stderr).toContain('is a link out of its folder');
  rmSync(file);
});

test('the watched board follows what happens, keeps agents text as text, and leaves no other file', async () => {
  const file = join(folder, 'STATUS_BOARD.md');
  const shows = (text: string): boolean => existsSync(file) && readFileSync(file, 'utf8').includes(text);
  const env = environmentIn({ folder, env: { COORD_URL: api.url, COORD_PROJECT: 'shop' } });
  const watching = spawn(process.execPath, [COORD, 'board', '--watch'], { cwd: folder, env, stdio: ['ignore', 'inherit', 'ignore'] });
  const ended = once(watching, 'close');
  await until('the board is there', () => shows('**Project:** shop'));
  await api.claim('shop', 'session-1', 'droplet/church-guidance');
  await until('it shows the claim', () => shows('| droplet/church-guidance | session-1 |'));
  await api.message('session-1', null, { project_key: 'shop', subject: '| <b>x', body: 'line\n# no heading' });
  await until('it shows the message', () => shows('| session-1 | all | \\| &lt;b>x | line # no heading |'));
  watching.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(readdirSync(folder)).toEqual(['STATUS_BOARD.md']);
});
