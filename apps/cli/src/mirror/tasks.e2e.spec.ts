import { Api, type Json } from '../../../../test/support/api';
import { CURRENT_TASK, ProjectFolder, removeProjectFolders } from './testing/project-folder';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(async () => {
  removeProjectFolders();
  await api.close();
});

const CURRENT = '.progress/current-task.json';
const PASSED = { mypy: { status: 'passed', errors: 0 } };

/** A folder with a task of its own, in step. */
async function started(more: object = {}): Promise<{ folder: ProjectFolder; task_id: string; task: () => Promise<Json> }> {
  const folder = new ProjectFolder(api.url, api.name('p'));
  const task_id = api.name('task');
  folder.write(CURRENT, { ...CURRENT_TASK, task_id, ...more });
  await folder.mirror();
  return { folder, task_id, task: () => api.done('GET', `/tasks/${task_id}`) };
}
const edit = (folder: ProjectFolder, change: object): void => folder.write(CURRENT, { ...folder.json(CURRENT), ...change });

test('what the agent writes goes to the engine, and its file stays as it wrote it', async () => {
  const { folder, task } = await started();
  expect(await task()).toMatchObject({
    current_step: 'implementing_parameter_validation',
    session_id: 'project-instance',
    metrics: { test_count: 15 },
  });
  edit(folder, { current_step: 'documentation', blocked_on: 'a review', updated: '2025-11-17T09:00:00Z' });
  const before = folder.text(CURRENT);
  await folder.mirror();
  expect(await task()).toMatchObject({ current_step: 'documentation', blocked_on: 'a review', updated: '2025-11-17T09:00:00.000Z' });
  expect(folder.text(CURRENT)).toBe(before);
});

test('what changes in the engine changes in the file, and a file that is gone comes back', async () => {
  const { folder, task_id } = await started();
  await api.done('POST', `/tasks/${task_id}/quality-gates`, { name: 'security', status: 'failed' });
  await folder.mirror();
  expect(folder.json(CURRENT)).toMatchObject({ task_id, quality_gates: { security: { status: 'failed' }, ruff: { status: 'passed' } } });
  const before = folder.text(CURRENT);
  folder.remove(CURRENT);
  await folder.mirror();
  expect(folder.text(CURRENT)).toBe(before);
});

test('changes of both sides are merged; where both changed the same, the file counts and the other version is set aside', async () => {
  const { folder, task_id, task } = await started();
  await api.done('PATCH', `/tasks/${task_id}`, { phase: 'testing', current_step: 'theirs', quality_gates: { ci: { status: 'passed' } } });
  const quality_gates = { ...CURRENT_TASK.quality_gates, ruff: { status: 'failed', violations: 3 } };
  edit(folder, { current_step: 'mine', remaining_steps: [], quality_gates });
  const { set_aside } = await folder.mirror();
  const merged = {
    phase: 'testing',
    current_step: 'mine',
    remaining_steps: [],
    quality_gates: { ci: { status: 'passed' }, ruff: { violations: 3 } },
  };
  expect(await task()).toMatchObject(merged);
  expect(folder.json(CURRENT)).toMatchObject(merged);
  expect(set_aside).toEqual([
    { path: expect.stringContaining('/rejected/current-task-'), reason: expect.stringContaining('both changed current_step;') },
  ]);
  expect(folder.json(`.progress/rejected/${folder.names('.progress/rejected')[0]}`)).toMatchObject({ phase: 'testing', current_step: 'theirs' });
  expect(await folder.mirror()).toMatchObject({ written: [], tasks: [], set_aside: [] });
});

test('a file that is no task is set aside with the reason, and that of the engine takes its place', async () => {
  const { folder, task_id } = await started();
  const texts = [
    '{"task_id": "x", ',
    JSON.stringify({ task_id, task_name: 'x', status: 'x', completed_steps: 'all' }),
    JSON.stringify({ ...CURRENT_TASK, project_key: 'q' }),
  ];
  for (const text of texts) {
    folder.write(CURRENT, text);
    await folder.mirror();
    expect(folder.json(CURRENT)).toMatchObject({ task_id });
  }
  expect(folder.names('.progress/rejected').filter((name) => !name.endsWith('.txt'))).toEqual([
    'current-task-2.json',
    'current-task-3.json',
    'current-task.json',
  ]);
  expect(folder.text('.progress/rejected/current-task-2.json.reason.txt')).toMatch(/completed_steps: must be array/);
  expect(folder.text('.progress/rejected/current-task-3.json.reason.txt')).toMatch(/one of the project q/);
});

test('a completed task is in the archive, in completed-tasks.jsonl and in the metrics; the one that was started after it takes its place', async () => {
  const { folder, task_id, task } = await started({ quality_gates: PASSED });
  edit(folder, { status: 'completed' });
  await folder.mirror();
  expect(await task()).toMatchObject({ status: 'completed', completion: { forced: false } });
  expect(folder.lines('.progress/completed-tasks.jsonl')).toEqual([expect.objectContaining({ task_id, status: 'completed' })]);
  expect(folder.json(`.progress/archive/${task_id}.json`)).toMatchObject({ task_id, status: 'completed' });
  expect(folder.json('.progress/metrics.json')).toMatchObject({ counts: { total: 1, completed: 1 }, totals: { lines_of_code: 320, test_count: 15 } });
  expect(folder.json(CURRENT)).toMatchObject({ task_id });
  const next = api.name('task');
  await api.done('PUT', `/tasks/${next}`, { task_name: 'Next', status: 'planning', project_key: folder.project_key });
  await folder.mirror();
  expect(folder.json(CURRENT)).toMatchObject({ task_id: next });
  expect(folder.lines('.progress/completed-tasks.jsonl')).toHaveLength(1);
});

test('the line that an agent writes for its completed task takes the place of that of the mirror', async () => {
  const { folder, task_id } = await started({ quality_gates: PASSED });
  edit(folder, { status: 'completed' });
  await folder.mirror();
  const line = JSON.stringify({ task_id, done: 'by me' });
  folder.append('.progress/completed-tasks.jsonl', `${line}\n`);
  await folder.mirror();
  expect(folder.text('.progress/completed-tasks.jsonl')).toBe(`${line}\n`);
});

test('a file completes its task whatever the gates say, which is on record; with enforcement it is set aside', async () => {
  const [lenient, strict] = [await started(), await started()];
  for (const { folder } of [lenient, strict]) edit(folder, { status: 'completed' });
  await lenient.folder.mirror();
  expect(await lenient.task()).toMatchObject({ status: 'completed', completion: { forced: true, gates_not_passed: [{ name: 'validation' }] } });
  await strict.folder.mirror({ enforceGates: true });
  expect(await strict.task()).toMatchObject({ status: 'in_progress' });
  expect(strict.folder.json(CURRENT)).toMatchObject({ status: 'in_progress' });
  expect(strict.folder.text('.progress/rejected/current-task.json.reason.txt')).toMatch(/validation \(not_run\)/);
});

test('a task that the agent completed and wrote over with its next one is known from its line', async () => {
  const { folder, task_id, task } = await started({ quality_gates: PASSED });
  const line = JSON.stringify({ ...folder.json(CURRENT), status: 'completed' });
  folder.append('.progress/completed-tasks.jsonl', `{"free": "form"}\n${line}\n`);
  folder.write(CURRENT, { ...CURRENT_TASK, task_id: api.name('task') });
  await folder.mirror();
  expect(await task()).toMatchObject({ task_id, status: 'completed' });
  expect(folder.text('.progress/completed-tasks.jsonl')).toBe(`{"free": "form"}\n${line}\n`);
  await api.done('PATCH', `/tasks/${task_id}`, { status: 'in_progress' });
  await folder.mirror();
  expect(await task()).toMatchObject({ status: 'in_progress' });
});

test('a short line completes its task, and what it does not say of it stays', async () => {
  const { folder, task_id, task } = await started({ quality_gates: PASSED });
  const before = await task();
  const { task_name, completed_steps, artifacts, quality_gates, metrics } = before;
  folder.append('.progress/completed-tasks.jsonl', `${JSON.stringify({ task_id, task_name, status: 'completed' })}\n`);
  await folder.mirror();
  expect(await task()).toMatchObject({ status: 'completed', completed_steps, artifacts, quality_gates, metrics });
  expect(before).toMatchObject({ completed_steps: CURRENT_TASK.completed_steps, metrics: CURRENT_TASK.metrics });
  expect(folder.json(CURRENT)).toMatchObject({ status: 'completed', completed_steps: CURRENT_TASK.completed_steps });
});

test('other members of metrics.json stay', async () => {
  const folder = new ProjectFolder(api.url, api.name('p'));
  folder.write('.progress/metrics.json', { velocity: 3 });
  await folder.mirror();
  expect(folder.json('.progress/metrics.json')).toMatchObject({ velocity: 3, counts: { total: 0 } });
});
