import { isProblem } from '@coord/domain/decider';
import { type TaskCommand, type TaskState, taskDecider, taskStream, type WholeDocument } from '@coord/domain/task/index';
import { History, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { findTask, gateFigures, listTasks, taskFigures, tasksProjection } from './index';

const HOUR = 3_600_000;
let readModel: ReadModel;
const history = new History();
const states = new Map<string, TaskState | null>();
type Short<T> = T extends TaskCommand ? Omit<T, 'session_id' | 'now'> : never;

/** What the command leads to, in the log and in the read model, some hours after noon. */
async function act(task_id: string, what: Short<TaskCommand>, hour = 0): Promise<void> {
  const before = states.get(task_id) ?? null;
  const decision = taskDecider.decide({ ...what, session_id: 'A', now: NOON + hour * HOUR } as TaskCommand, before);
  if (isProblem(decision)) throw new Error(JSON.stringify(decision));
  states.set(task_id, decision.reduce(taskDecider.evolve, before));
  const from = history.events.length;
  history.append(taskStream(task_id), decision, { at: NOON + hour * HOUR });
  await readModel.apply(history.events.slice(from), [2]);
}
const put = (task_id: string, project_key: string | null, more: Partial<WholeDocument> = {}, hour = 0) => {
  const plain = { task_name: 'T', phase: null, status: 'in_progress', current_step: null, completed_steps: [], remaining_steps: [] };
  const rest = { blocked_on: null, questions_for_coordinator: [], artifacts: [], quality_gates: {}, metrics: {}, estimated_completion: null };
  return act(task_id, { type: 'PutTask', task_id, project_key, document: { ...plain, ...rest, ...more } }, hour);
};

beforeAll(async () => {
  readModel = await ReadModel.of(tasksProjection);
});
afterAll(() => readModel.close());

const ids = async (query: object) => (await listTasks(readModel.sql, { limit: 500, ...query })).map(({ state }) => state.task_id);

test('a task is what its events fold to, batch by batch', async () => {
  const gates = JSON.parse('{"__proto__": {"status": "failed", "errors": 3}}') as Record<string, { status: 'failed' }>;
  await put('whole', 'whole', {
    quality_gates: gates,
    artifacts: [{ path: 'a' }, { path: 'b' }],
    blocked_on: { reason: 'é😀' },
    metrics: { lines: 1.5 },
  });
  await act('whole', { type: 'TakeSteps', completed: ['x'], remaining: ['y'] }, 1);
  await act('whole', { type: 'UnblockTask' }, 2);
  expect(await findTask(readModel.sql, 'whole')).toEqual(states.get('whole'));
  expect(await findTask(readModel.sql, 'nowhere')).toBeNull();
});

test('tasks are listed oldest first, by project, status and whether they are blocked', async () => {
  await put('one', 'p');
  await put('two', 'p', { blocked_on: 'x' });
  await put('other', 'q', { status: 'planning' });
  await act('one', { type: 'PatchTask', task_id: 'one', patch: { phase: 'later' } });
  expect(await ids({ projectKey: 'p' })).toEqual(['one', 'two']);
  expect(await ids({ projectKey: 'p', blocked: true })).toEqual(['two']);
  expect(await ids({ projectKey: 'p', blocked: false })).toEqual(['one']);
  expect(await ids({ status: 'planning' })).toEqual(['other']);
  const [first] = await listTasks(readModel.sql, { projectKey: 'p', limit: 1 });
  expect(await ids({ projectKey: 'p', after: Number(first?.position) })).toEqual(['two']);
});

test('figures count tasks, measure what is done, and time blocks up to now', async () => {
  for (const [id, hours] of [
    ['a', 1],
    ['b', 2],
    ['c', 6],
  ] as const) {
    await put(id, 'm', { quality_gates: { flaky: { status: id === 'c' ? 'failed' : 'passed' } } });
    await act(id, { type: 'CompleteTask', force: id === 'c', reason: 'known flake' }, hours);
  }
  await put('d', 'm', { blocked_on: 'x' });
  await act('d', { type: 'UnblockTask' }, 1);
  await act('d', { type: 'BlockTask', blocked_on: 'y' }, 2);
  const figures = await taskFigures(readModel.sql, 'm', new Date(NOON + 5 * HOUR));
  expect(figures).toEqual({
    ...{ total: 4, completed: 3, blocked: 1, forced: 1, by_status: { completed: 3, in_progress: 1 } },
    ...{ average_ms: 3 * HOUR, median_ms: 2 * HOUR, shortest_ms: HOUR, longest_ms: 6 * HOUR },
    ...{ ever_blocked: 1, blocked_ms: 4 * HOUR, longest_blocked_ms: 4 * HOUR },
  });
});

test('figures of gates tell how they stand from how often they were reported', async () => {
  await put('g', 'gates', { quality_gates: { mypy: { status: 'failed' }, old: { status: 'not_run' } } });
  for (const errors of [2, 1]) await act('g', { type: 'ReportGate', name: 'mypy', gate: { status: 'failed', errors } });
  await act('g', { type: 'ReportGate', name: 'mypy', gate: { status: 'passed', errors: 0 } });
  await put('g', 'gates', { quality_gates: { mypy: { status: 'passed', errors: 0 } } });
  expect(await gateFigures(readModel.sql, 'gates')).toEqual([
    { name: 'mypy', passed: 1, failed: 0, not_run: 0, reports_passed: 1, reports_failed: 3 },
  ]);
});

test('figures of gates follow a task into its project', async () => {
  await put('homeless', null, { quality_gates: { moved: { status: 'failed' } } });
  await put('homeless', 'found', { quality_gates: { moved: { status: 'failed' } } });
  const figures = { name: 'moved', passed: 0, not_run: 0, reports_passed: 0 };
  expect(await gateFigures(readModel.sql, 'found')).toEqual([{ ...figures, failed: 1, reports_failed: 0 }]);
  expect(await gateFigures(readModel.sql, undefined)).toContainEqual({ ...figures, failed: 1, reports_failed: 1 });
});

test('figures of nothing are zero, and null where nothing was measured', async () => {
  expect(await taskFigures(readModel.sql, 'none', new Date(NOON))).toMatchObject({ total: 0, by_status: {}, average_ms: null, blocked_ms: 0 });
  expect(await gateFigures(readModel.sql, 'none')).toEqual([]);
});
