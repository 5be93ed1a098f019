import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../../test/support/api';
import { coord as run } from '../../../test/support/coord-command';

let api: Api;
let folder: string;
beforeAll(async () => {
  api = await Api.start();
  folder = mkdtempSync(join(tmpdir(), 'coord-words-'));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
});

const coord = (...args: string[]) =>
  run({ folder, env: { COORD_URL: api.url, COORD_PROJECT: 'shop', COORD_SESSION_ID: 'HOME/anna', COORD_MACHINE: 'HOME' } }, args);

test('a session starts with what is unread, and ends', async () => {
  await api.message('HOME/ben', 'HOME/anna', { subject: 'Hello', body: 'Refunds are yours.' });
  const started = await coord('session', 'start', '--agent', 'claude', '--text');
  expect(started.stdout).toContain('Session HOME/anna is active, project shop.');
  expect(started.stdout).toMatch(/MESSAGE FROM HOME\/ben — Hello\n=+\nRefunds are yours\.\n=+/);
  expect((await coord('session', 'heartbeat', '--action', 'testing', '--progress', '60%')).data).toMatchObject({ unread: 1, locks: [] });
  expect((await coord('session', 'show')).data).toMatchObject({ agent: 'claude', last_heartbeat: { action: 'testing', progress: 60 } });
  expect((await coord('session', 'end')).data).toMatchObject({ status: 'ended' });
});

test('work goes from a workflow to a session, to another one, and is done; when nothing is ready the exit code is 5', async () => {
  await coord('workflow', 'create', 'Refunds', '--status', 'active');
  const item = (await coord('work', 'add', 'Write the migration', '--workflow', 'Refunds', '--priority', '5')).data;
  expect((await coord('work', 'claim')).data).toMatchObject({ id: item.id, assigned_to: 'HOME/anna', status: 'in_progress' });
  const nothing = await coord('work', 'claim');
  expect([nothing.code, nothing.data]).toEqual([5, null]);
  expect((await coord('work', 'handoff', String(item.id).slice(-8), 'DESK/ben', 'Yours')).data).toMatchObject({ assigned_to: 'DESK/ben' });
  expect((await coord('work', 'done', String(item.id))).data).toMatchObject({ status: 'completed' });
  expect((await coord('workflow', 'show', 'Refunds')).data).toMatchObject({ progress: { percent: 100 } });
});

test('a task is put from a file, goes on by steps, and is completed when its gates have passed', async () => {
  const file = join(folder, 'current-task.json');
  writeFileSync(file, JSON.stringify({ task_id: 'layer3', task_name: 'Layer 3', status: 'in_progress', remaining_steps: ['tests', 'docs'] }));
  expect((await coord('task', 'put', file)).data).toMatchObject({ task_id: 'layer3', project_key: 'shop', session_id: 'HOME/anna' });
  expect((await coord('task', 'step', 'layer3', '--done', 'tests', '--current', 'docs')).data).toMatchObject({
    completed_steps: ['tests'],
    current_step: 'docs',
  });
  await coord('task', 'gate', 'layer3', 'pytest', 'failed', '--figure', 'coverage_percent=87');
  const refused = await coord('task', 'complete', 'layer3');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('gates-not-passed')]);
  await coord('task', 'gate', 'layer3', 'pytest', 'passed', '--figure', 'coverage_percent=92');
  expect((await coord('task', 'complete', 'layer3')).data).toMatchObject({
    status: 'completed',
    quality_gates: { pytest: { coverage_percent: 92 } },
  });
});

test('a task that exists is started as it is', async () => {
  await coord('task', 'start', 'refunds', '--name', 'Refunds', '--remaining', 'tests', '--metric', 'test_count=4');
  expect((await coord('task', 'start', 'refunds', '--step', 'tests')).data).toMatchObject({
    ...{ task_name: 'Refunds', status: 'in_progress', current_step: 'tests' },
    ...{ remaining_steps: ['tests'], metrics: { test_count: 4 } },
  });
});

test('the history shows the last events, and a range; a moment that is none is a mistake of usage', async () => {
  await api.claim('shop', 'HOME/ben', 'src/api');
  expect((await coord('history', '--resource', 'src/api')).data).toMatchObject([{ type: 'LockClaimed', actor: 'HOME/ben' }]);
  expect((await coord('diff', '0')).data).toMatchObject({ locks: { claimed: [{ actor: 'HOME/ben' }] } });
  expect((await coord('history', '--from', 'yesterday')).code).toBe(2);
});

test('the doctor says where settings came from and what to do; without an engine that is bad, and prime works all the same', async () => {
  const { code, data } = await coord('doctor');
  expect(code).toBe(0);
  expect(Object.values(data.checks ?? {})).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'project_key', found: 'shop (environment)', state: 'ok' }),
      expect.objectContaining({ name: 'engine', state: 'ok' }),
      expect.objectContaining({ name: 'hooks', state: 'warn', advice: expect.stringContaining('coord hooks install') }),
    ]),
  );
  const nobody = '--url=http://127.0.0.1:1';
  expect((await coord('doctor', nobody)).code).toBe(1);
  expect((await coord('prime', nobody)).stdout).toContain('You are session HOME/anna. Project: shop.');
});
