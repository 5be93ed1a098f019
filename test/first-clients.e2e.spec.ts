import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Api, idsOf, type Json } from './support/api';

/** Clients that exist call the API like this, without any header or field that came later; only the host is another. */
const ME = 'DESKTOP-0O8A1RL/claude-main';
const OTHER = 'HOWARD-HOME/claude-main';

let api: Api;
let folder: string;
beforeAll(async () => {
  api = await Api.start();
  folder = mkdtempSync(join(tmpdir(), 'coord-client-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

/** Runs a snippet of shell as it stands in a client's document, with $HOST for the host. Gives what it prints. */
async function shell(snippet: string, more: Record<string, string> = {}): Promise<string> {
  const env = { ...process.env, HOST: api.url, ...more };
  return (await promisify(execFile)('bash', ['-euc', snippet], { cwd: folder, env })).stdout;
}
/** The same, for a snippet that prints JSON and then the status. */
async function curl(snippet: string, more?: Record<string, string>): Promise<{ status: number; body: Json }> {
  const [, body = '', status = ''] = /^(.*)\n(\d+)$/s.exec(await shell(snippet.replace('curl -s', `curl -s -w '\\n%{http_code}'`), more)) ?? [];
  return { status: Number(status), body: JSON.parse(body) as Json };
}

test('a lock is checked, claimed, worked under and released', async () => {
  expect((await curl('curl -s "$HOST/api/coord/locks?project_key=gururmm&resource=server/src/api/credentials.rs"')).body).toEqual([]);
  const claim = await curl(`curl -s -X POST "$HOST/api/coord/locks" -H "Content-Type: application/json" -d '{
  "project_key": "gururmm",
  "session_id": "${ME}",
  "resource": "server/src/api/credentials.rs",
  "description": "Adding credential endpoints",
  "ttl_hours": 2
}'`);
  expect(claim).toMatchObject({ status: 201, body: { session_id: ME, ttl_hours: 2, status: 'active' } });
  const ID = String(claim.body.id);
  expect(idsOf((await curl('curl -s "$HOST/api/coord/locks?project_key=gururmm&resource=server/src"')).body)).toEqual([ID]);
  expect((await curl(`curl -s -X DELETE "$HOST/api/coord/locks/$ID?session_id=${OTHER}"`, { ID })).status).toBe(403);
  expect(await curl(`curl -s -X DELETE "$HOST/api/coord/locks/$ID?session_id=${ME}"`, { ID })).toMatchObject({
    status: 200,
    body: { status: 'released' },
  });
});

test('a session that ends releases all that it holds', async () => {
  await shell(
    `curl -s -X POST "$HOST/api/coord/locks" -H "Content-Type: application/json" -d '{"project_key":"claudetools","session_id":"${ME}","resource":"git:push","ttl_hours":0}'`,
  );
  expect((await curl(`curl -s -X DELETE "$HOST/api/coord/locks?session_id=${ME}&release_all=true"`)).body).toMatchObject({ released: 1 });
});

test('component states are set and read', async () => {
  const put = await curl(`curl -s -X PUT "$HOST/api/coord/components" -H "Content-Type: application/json" -d '{
  "project_key": "gururmm",
  "component": "server",
  "state": "deployed",
  "version": "0.3.0",
  "notes": "Deployed 2026-05-12; credential store live",
  "updated_by": "${ME}"
}'`);
  expect(put).toMatchObject({ status: 200, body: { revision: 1 } });
  expect((await curl('curl -s "$HOST/api/coord/components?project_key=gururmm"')).body).toMatchObject([{ component: 'server', state: 'deployed' }]);
});

test('messages are sent, checked at the start of a session and marked read', async () => {
  await shell(`curl -s -X POST "$HOST/api/coord/messages" -H "Content-Type: application/json" -d '{
  "from_session": "${ME}",
  "to_session": "${OTHER}",
  "project_key": "gururmm",
  "subject": "macOS build pipeline ready for wiring",
  "body": "build-agents.sh updated. Section marked TODO-MACOS. Wire in from your end."
}'`);
  await shell(`curl -s -X POST "$HOST/api/coord/messages" -H "Content-Type: application/json" -d '{
  "from_session": "${ME}",
  "project_key": "gururmm",
  "subject": "to all",
  "body": "b"
}'`);
  const inbox = `curl -s "$HOST/api/coord/messages?to_session=${OTHER}&unread_only=true"`;
  const { body } = await curl(inbox);
  expect(body).toMatchObject([{ subject: 'macOS build pipeline ready for wiring' }, { subject: 'to all', to_session: 'ALL_SESSIONS' }]);
  for (const ID of idsOf(body)) expect((await curl('curl -s -X PUT "$HOST/api/coord/messages/$ID/read"', { ID })).status).toBe(200);
  expect((await curl(inbox)).body).toEqual([]);
});

test('the board shows locks, components, workflows and how much is unread', async () => {
  const { status, body } = await curl('curl -s "$HOST/api/coord/status"');
  expect(status).toBe(200);
  expect(body).toMatchObject({ locks: expect.any(Array), components: expect.any(Array), workflows: [], unread_messages: expect.any(Number) });
});

const jq = (process.env.PATH ?? '').split(':').some((place) => existsSync(join(place, 'jq')));
(jq ? test : test.skip)('what was queued while the engine was away is caught up on, a body of null included', async () => {
  const ID = String((await api.claim('catch-up', ME, 'x')).id);
  const calls = [
    { method: 'PUT', path: '/api/coord/components/gururmm/agent', body: { state: 'deployed', version: '0.3.0', notes: '...', updated_by: ME } },
    { method: 'DELETE', path: `/api/coord/locks/${ID}?session_id=${ME}`, body: null },
  ];
  writeFileSync(join(folder, 'coord-queue.jsonl'), calls.map((call) => `${JSON.stringify({ ts: '2026-05-12T15:30:00Z', ...call })}\n`).join(''));
  await shell(`while read -r line; do
  method=$(echo "$line" | jq -r .method)
  path=$(echo "$line" | jq -r .path)
  body=$(echo "$line" | jq -r .body)
  curl -s -X "$method" "$HOST$path" -H "Content-Type: application/json" -d "$body"
done < coord-queue.jsonl`);
  expect((await api.get('/components/gururmm/agent')).body).toMatchObject({ state: 'deployed', notes: '...' });
  expect((await api.get(`/locks/${ID}`)).body).toMatchObject({ status: 'released' });
});
