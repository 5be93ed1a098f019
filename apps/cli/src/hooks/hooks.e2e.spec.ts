import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, listOf } from '../../../../test/support/api';
import { coord } from '../../../../test/support/coord-command';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

const env = (): Record<string, string> => ({ COORD_URL: api.url, COORD_MACHINE: 'M', COORD_HOOK_WITHIN: '15000' });

test('hooks are installed once, listed, fired, and taken out again', async () => {
  const folder = join(await temporaryFolder(), 'project');
  mkdirSync(folder);
  const run = (...words: string[]) => coord({ folder, env: { ...env(), HOME: dirname(folder) } }, ['hooks', ...words]);
  writeFileSync(join(folder, '.coord.json'), '{"project_key": "fired"}');
  const file = join(folder, '.gemini/settings.json');

  expect((await run('install', 'gemini', '--dry-run')).data).toMatchObject({ changed: true, dry_run: true, file });
  expect((await run('install', 'gemini')).data).toMatchObject({ changed: true, events: ['BeforeTool', 'SessionStart', 'BeforeAgent', 'SessionEnd'] });
  const written = readFileSync(file, 'utf8');
  expect((await run('install', 'gemini')).data).toMatchObject({ changed: false });
  expect(readFileSync(file, 'utf8')).toBe(written);
  expect(listOf((await run('list')).data).find(({ file: one }) => String(one) === file)).toMatchObject({ agent: 'gemini', scope: 'project' });

  const fired = await run('test');
  expect(fired).toMatchObject({ code: 0, data: [{ agent: 'gemini', works: true, file }] });
  expect(listOf((await api.get('/locks?project_key=fired')).body)).toEqual([]);

  expect((await run('uninstall', 'gemini')).data).toMatchObject({ changed: true });
  expect(readFileSync(file, 'utf8')).toBe('{}\n');
  expect(await run('test', 'gemini')).toMatchObject({ code: 1, stderr: expect.stringContaining('coord hooks install gemini') });
});

test('a hook that lets a locked file pass is found out', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, '.coord.json'), '{"project_key": "found-out"}');
  await coord({ folder, env: env() }, ['hooks', 'install', 'claude', '--user']);
  // An engine that is away when the hook asks, as it would be for a tool with other settings.
  const file = join(folder, '.claude/settings.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"command": "/g, '"command": "COORD_URL=http://127.0.0.1:1 '));
  const { code, data } = await coord({ folder, env: env() }, ['hooks', 'test', 'claude']);
  expect({ code, data }).toMatchObject({ code: 1, data: { 0: { works: false, said: expect.stringContaining('ECONNREFUSED') } } });
});

test('settings with comments are left alone, and what to add is said', async () => {
  const folder = await temporaryFolder();
  await coord({ folder, env: env() }, ['hooks', 'install', 'cursor']);
  const file = join(folder, '.cursor/hooks.json');
  const commented = `// mine\n${readFileSync(file, 'utf8')}`;
  writeFileSync(file, commented);
  const { code, stderr } = await coord({ folder, env: env() }, ['hooks', 'install', 'cursor']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('hook cursor preToolUse') });
  expect(readFileSync(file, 'utf8')).toBe(commented);
});
