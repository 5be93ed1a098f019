import { execFile, spawn, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Api, type Json, listOf } from '../../../../test/support/api';
import { build } from '../../../../test/support/build';
import { COORD, coord, environmentIn } from '../../../../test/support/coord-command';
import { TcpProxy } from '../../../../test/support/tcp-proxy';
import { until } from '../../../../test/support/until';
import { CURRENT_TASK, MESSAGES, ProjectFolder, removeProjectFolders } from './testing/project-folder';

let api: Api;
beforeAll(async () => {
  await build();
  api = await Api.start();
}, 120_000);
afterAll(async () => {
  removeProjectFolders();
  await api.close();
});

const CONVERSATION = [...new Map(MESSAGES.map((message) => [message.id, message])).values()];
const surroundings = (folder: ProjectFolder, url = api.url) => ({ folder: folder.path, env: { COORD_URL: url, COORD_PROJECT: folder.project_key } });
const sent = async ({ project_key }: ProjectFolder): Promise<Json[]> =>
  listOf((await api.get(`/history?project_key=${project_key}&type=MessageSent`)).body).map(({ data }) => data as Json);

/** Half of the conversation as files, some as lines over several lines, one processed; and what the engine has beside it. */
async function busyFolder(): Promise<ProjectFolder> {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const { project_key } = folder;
  const [directive, question, response, ...rest] = CONVERSATION;
  const task_id = api.name('task');
  folder.write('.progress/current-task.json', { ...CURRENT_TASK, task_id });
  await folder.mirror();
  folder.write(`.coordination/archive/2025-11-16/${directive?.id}.json`, directive ?? {});
  folder.write(`.coordination/inbox/${response?.id}.json`, response ?? {});
  folder.write(`.coordination/inbox/msg-bad.json`, { ...directive, id: 'msg-bad', type: 'gossip' });
  folder.write('.coordination/messages.jsonl', [question, response, ...rest, question].map((line) => JSON.stringify(line, null, 2)).join('\n'));
  folder.write('.progress/current-task.json', { ...CURRENT_TASK, task_id, status: 'completed' });
  await api.done('PATCH', `/tasks/${task_id}`, { phase: 'planning' });
  await api.done('PUT', `/tasks/${task_id}-before`, { task_name: 'x', task_id: `${task_id}-before`, status: 'completed', project_key });
  await api.message('coordinator', 'project-instance', { project_key, external_id: 'msg-a' });
  await api.message('project-instance', 'coordinator', { project_key, external_id: 'msg-b' });
  const read = await api.message('coordinator', 'project-instance', { project_key, external_id: 'msg-c' });
  await api.done('PUT', `/messages/${read.id}/read`, { session_id: 'project-instance' });
  return folder;
}

/** Steps of the runs one after the other; each goes on where the one before ended, so early steps reach late work. */
const KILLED_AT = [2, 12, 17, 7, 21, 13, 9, 26, 5, 11];

test('killed at any step and run again, it comes to the same end, with nothing lost and nothing twice', async () => {
  const folder = await busyFolder();
  const undisturbed = new ProjectFolder(api.url, folder.project_key);
  cpSync(folder.path, undisturbed.path, { recursive: true, preserveTimestamps: true });
  const { env } = surroundings(folder);
  const run = (KILL_AT: number): Promise<unknown> =>
    promisify(execFile)(process.execPath, ['--require', join(__dirname, 'testing/kill-at.cjs'), COORD, 'mirror', '--once'], {
      cwd: folder.path,
      env: { ...environmentIn({ folder: folder.path, env }), KILL_AT: String(KILL_AT) },
    });
  let kills = 0;
  for (const step of KILLED_AT) {
    const killed = await run(step).then(
      () => false,
      (error: { signal: string | null; stderr: string }) => error.signal === 'SIGKILL' || Promise.reject(error),
    );
    if (!killed) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(5);
  await folder.mirror();
  const order = (await sent(folder)).map(({ external_id }) => external_id);
  expect([...order].sort()).toEqual([...CONVERSATION.map(({ id }) => id), 'msg-a', 'msg-b', 'msg-c'].sort());
  await undisturbed.mirror();
  expect(folder.everything()).toEqual(undisturbed.everything());
  expect(folder.names('.coordination/rejected')).toEqual(['msg-bad.json', 'msg-bad.json.reason.txt']);
  expect(folder.names('.coordination/archive/2026-05-12')).toEqual(['msg-c.json']);
  const { path } = folder;
  expect(spawnSync('find', [path, '-name', '.*mirror-tmp*'], { encoding: 'utf8' }).stdout).toBe('');
}, 60_000);

test('it follows both sides, goes on when the engine was away, and a second one is refused', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const { project_key } = folder;
  const way = await TcpProxy.to({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
  const where = surroundings(folder, `http://127.0.0.1:${way.port}`);
  const mirror = spawn(process.execPath, [COORD, 'mirror', '--interval', '200ms'], { cwd: folder.path, env: environmentIn(where), stdio: 'pipe' });
  const ended = new Promise<number | null>((resolve) => mirror.once('close', resolve));
  let stderr = '';
  mirror.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  try {
    await api.message('coordinator', 'project-instance', { project_key, external_id: 'msg-1' });
    await until('the message is in the inbox', () => folder.exists('.coordination/inbox/msg-1.json'));
    folder.write('.coordination/outbox/msg-2.json', { ...CONVERSATION[1], id: 'msg-2' });
    await until('the question is in the engine', async () => (await sent(folder)).length === 2);
    expect(await coord(where, ['mirror', '--once'])).toMatchObject({ code: 1, stderr: expect.stringContaining('Another coord mirror') });

    await way.refuse();
    folder.move('.coordination/inbox/msg-1.json', '.coordination/archive/2026-05-12/msg-1.json');
    folder.write('.coordination/outbox/msg-3.json', { ...CONVERSATION[1], id: 'msg-3' });
    await api.message('coordinator', 'project-instance', { project_key, external_id: 'msg-4' });
    await until('it says that the engine is away', () => stderr.includes('goes on when it is back'));
    await way.accept();
    await until('it has caught up', async () => folder.exists('.coordination/inbox/msg-4.json') && (await sent(folder)).length === 4);
    expect(listOf((await api.get(`/messages?project_key=${project_key}`)).body)[0]).toMatchObject({ read: true });
    mirror.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    mirror.kill('SIGKILL');
    await way.close();
  }
  expect((await coord(where, ['mirror', '--once'])).code).toBe(1); // the way is gone
});

test('the engine away is no success of a single run, and nothing is changed', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  folder.writeConversation();
  const before = folder.everything();
  const { code, stderr } = await coord(surroundings(folder, 'http://127.0.0.1:1'), ['mirror', '--once']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('No answer from the engine')]);
  expect(folder.everything()).toEqual(before);
});

const has = (...command: [string, ...string[]]): boolean => spawnSync(command[0], command.slice(1)).status === 0;
const withJq = has('jq', '--version') ? test : test.skip;
const withPython = has('python3', '-c', 'import jsonschema') ? test : test.skip;

/** Runs a snippet of reference 003 as it is pasted, with `coord mirror --once` behind it. */
async function paste(folder: ProjectFolder, snippet: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', snippet], { cwd: folder.path });
  await folder.mirror();
  return stdout;
}

const SENDING = `cat > .coordination/inbox/msg-$(date +%Y%m%d-%H%M%S).json << 'EOF'
{
  "id": "msg-20251116-153045",
  "from": "coordinator",
  "to": "project-instance",
  "timestamp": "2025-11-16T15:30:45Z",
  "type": "directive",
  "content": "Implement Layer 3 Processing",
  "priority": "high",
  "read": false
}
EOF

# Append to message log
cat .coordination/inbox/msg-*.json >> .coordination/messages.jsonl`;

withJq('the snippets of the reference for coordinators work as they are pasted', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  await api.message('project-instance', 'coordinator', { project_key: folder.project_key, external_id: 'msg-20251116-160000', type: 'blocker' });
  await folder.mirror();
  await paste(folder, SENDING);
  expect((await sent(folder)).map(({ external_id, body }) => [external_id, body])).toEqual([
    ['msg-20251116-160000', 'b'],
    ['msg-20251116-153045', 'Implement Layer 3 Processing'],
  ]);
  expect(await paste(folder, 'ls .coordination/outbox/')).toBe('msg-20251116-160000.json\n');
  expect(JSON.parse(await paste(folder, 'cat .coordination/outbox/msg-20251116-160000.json'))).toMatchObject({ type: 'blocker' });
  expect(await paste(folder, 'tail -10 .coordination/messages.jsonl | jq .id')).toBe('"msg-20251116-160000"\n"msg-20251116-153045"\n');
  folder.write('.progress/current-task.json', { ...CURRENT_TASK, task_id: api.name('task'), blocked_on: 'x' });
  await folder.mirror();
  expect(await paste(folder, 'cat .progress/current-task.json | jq .phase')).toBe('"implementation"\n');
  expect(JSON.parse(await paste(folder, "jq 'select(.blocked_on != null)' .progress/current-task.json"))).toMatchObject({ blocked_on: 'x' });
});

const VALIDATING = (schema: string, file: string, args = '') => `python3 -c "
import json
import jsonschema
import sys

with open('schemas/${schema}') as f:
    schema = json.load(f)

with open(${file}) as f:
    document = json.load(f)

jsonschema.validate(instance=document, schema=schema)
print('✓ Valid')
" ${args}`;

withPython('what the mirror writes is valid by the schemas that it puts there', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const { project_key } = folder;
  await api.message('x', 'project-instance', { project_key, metadata: { task_id: 5, quality_gates: { mypy: 'green' } } });
  await api.done('PUT', `/tasks/${api.name('task')}`, { task_name: 'x', status: 'planning', project_key });
  await folder.mirror();
  const message = VALIDATING('coordination-message-v1.0.schema.json', 'sys.argv[1]', '.coordination/inbox/msg-*.json');
  expect(await paste(folder, message)).toBe('✓ Valid\n');
  expect(await paste(folder, VALIDATING('task-progress-v1.0.schema.json', "'.progress/current-task.json'"))).toBe('✓ Valid\n');
});
