import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeFolders, temporaryFolder } from '@coord/embedded-server/testing/folders';
import { Api, listOf } from '../../../../test/support/api';
import { build } from '../../../../test/support/build';
import { type CommandRun, coord } from '../../../../test/support/coord-command';

const NOWHERE = 'http://127.0.0.1:1';

let api: Api;
let folder: string;
let queue: string;
beforeAll(async () => {
  await build();
  api = await Api.start();
}, 120_000);
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, '.claude'));
  queue = join(folder, '.claude', 'coord-queue.jsonl');
});
afterAll(async () => {
  await api.close();
  await removeFolders();
});

const sync = (url: string, ...words: string[]): Promise<CommandRun> => coord({ folder, env: { COORD_URL: url } }, ['sync', ...words]);

const write = (method: string, path: string, body: object | null): Promise<void> =>
  appendFile(queue, `${JSON.stringify({ ts: '2026-05-12T11:30:00Z', method, path: `/api/coord${path}`, body })}\n`);

test('what waits is shown, kept while the engine is away, and sent when it is back', async () => {
  await write('PUT', '/components/p/sync', { state: 'built', updated_by: 'A' });
  const shown = await sync(NOWHERE, '--dry-run');
  expect(shown.data).toMatchObject({ file: queue, waiting: [{ method: 'PUT', path: '/api/coord/components/p/sync' }] });

  const away = await sync(NOWHERE, '--text');
  expect(away).toMatchObject({ code: 75, stdout: `left    1 in ${queue} (no answer: ECONNREFUSED); \`coord sync\` goes on with them\n` });

  const back = await sync(api.url, '--text');
  expect(back).toMatchObject({ code: 0, stdout: 'sent    2026-05-12T11:30:00Z  PUT /api/coord/components/p/sync\n' });
  expect((await sync(api.url, '--text')).stdout).toBe('Nothing waits.\n');
  expect((await api.get('/components/p/sync')).body).toMatchObject({ state: 'built' });
});

test('a claim that has become impossible is told and not applied', async () => {
  await write('POST', '/locks', { project_key: 'p', session_id: 'late', resource: 'src' });
  await api.claim('p', 'early', 'src/a.ts');
  const run = await sync(api.url);
  expect(run.code).toBe(3);
  expect(run.data).toMatchObject({
    sent: [],
    left: 0,
    refused: [{ status: 409, problem: { holder: { session_id: 'early' } }, line: { body: { session_id: 'late' } } }],
  });
  expect(run.stderr).toMatch(/^coord: refused: POST \/api\/coord\/locks of 2026-05-12T11:30:00Z: early holds src\/a\.ts/);
  expect(readFileSync(queue.replace('.jsonl', '.rejected.jsonl'), 'utf8')).toContain('urn:coord:problem:lock-held');
  expect(listOf((await api.get('/locks?project_key=p')).body).map(({ session_id }) => session_id)).toEqual(['early']);
});

test('a broken line is told, without what a terminal would take for a command', async () => {
  await appendFile(queue, '\u001b[2J broken\n');
  const run = await sync(api.url, '--text');
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/^refused "\\u001b\[2J broken": The line is no queued write/);
  expect(run.stdout).toContain(`kept in ${queue.replace('.jsonl', '.rejected.jsonl')}`);
});

test('another file is sent by its name', async () => {
  await write('PUT', '/components/p/other', { state: 'built', updated_by: 'A' });
  const run = await coord({ folder: await temporaryFolder(), env: { COORD_URL: api.url } }, ['sync', '--file', queue]);
  expect(run).toMatchObject({ code: 0, data: { file: queue, sent: [{ status: 200 }] } });
});

test('any other command sends what waits, and says so beside its result', async () => {
  await write('PUT', '/components/p/along', { state: 'built', updated_by: 'A' });
  const run = await coord({ folder, env: { COORD_URL: api.url } }, ['status']);
  expect(run).toMatchObject({ code: 0, stderr: 'coord: sent 1 queued write.\n' });
  expect(existsSync(queue)).toBe(false);
});

/** As it stands in reference 001. */
const LOOP = `while read -r line; do
  method=$(echo "$line" | jq -r .method)
  path=$(echo "$line" | jq -r .path)
  body=$(echo "$line" | jq -r .body)
  curl -s -X "$method" "$URL$path" -H "Content-Type: application/json" -d "$body"
done < .claude/coord-queue.jsonl`;

test('the loop of the older protocol sends what we have queued', async () => {
  const tools = await Promise.all(
    ['jq', 'curl', 'bash'].map((tool) =>
      promisify(execFile)(tool, ['--version']).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (tools.includes(false)) return;
  const lock = await api.claim('p', 'A', 'docs');
  const { createClient, Queued } = require('../../../../libs/client') as typeof import('../../../../libs/client');
  const client = createClient({ url: NOWHERE, queue: { file: queue } });
  const query = { session_id: 'A', reason: 'a&b "c"' };
  await expect(client.DELETE('/api/coord/locks/{id}', { params: { path: { id: String(lock.id) }, query } })).rejects.toThrow(Queued);
  await expect(client.POST('/api/coord/messages', { body: { from_session: 'loop', subject: 'a "b"\n$c', body: '\\d' } })).rejects.toThrow(Queued);

  await promisify(execFile)('bash', ['-c', LOOP], { cwd: folder, env: { ...process.env, URL: api.url } });
  expect((await api.get(`/locks/${lock.id}`)).body).toMatchObject({ status: 'released', end_reason: 'a&b "c"' });
  expect(listOf((await api.get('/history?session_id=loop&type=MessageSent')).body)).toMatchObject([{ data: { subject: 'a "b"\n$c', body: '\\d' } }]);
});
