import { Api, type Json, listOf } from '../../../../test/support/api';
import { CURRENT_TASK } from '../schemas/testing/coordination-examples';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const SECOND = /(?<=:\d\d)Z/g;
/** The example, with times as they go out. */
const AS_ANSWERED = JSON.parse(JSON.stringify(CURRENT_TASK).replaceAll(SECOND, '.000Z')) as Json;
const plain = { task_name: 'Renderer', status: 'in_progress' };

/** Puts a task and gives its path. */
async function task(more: object = {}): Promise<string> {
  const path = `/tasks/${api.name('task')}`;
  await api.done('PUT', path, { ...plain, project_key: 'p', session_id: 'A', ...more });
  return path;
}
const events = async (path: string) => listOf((await api.get(`${path}/history`)).body);
const typesOf = async (path: string) => (await events(path)).map(({ type }) => type);
const problem = (name: string) => `urn:coord:problem:${name}`;

describe('the whole current-task.json', () => {
  test('is taken without a session or a project, and given back as it was', async () => {
    const path = `/tasks/${CURRENT_TASK.task_id}`;
    const answer = await api.call('PUT', path, { body: CURRENT_TASK });
    expect(answer).toMatchObject({ status: 201, body: AS_ANSWERED });
    const { body } = await api.get(path);
    expect(body).toMatchObject({ ...AS_ANSWERED, project_key: null, session_id: null });
    expect(body).toEqual(answer.body);
    expect(new Set((await events(path)).map(({ actor }) => actor))).toEqual(new Set([null]));
  });
  test('put again, or as it was answered, adds no event', async () => {
    const document = { ...CURRENT_TASK, task_id: api.name('task'), blocked_on: { reason: 'x', since: 'Monday' } };
    const path = `/tasks/${document.task_id}`;
    const answered = await api.done('PUT', path, document);
    const before = await events(path);
    expect(before).toHaveLength(1 + document.artifacts.length + Object.keys(document.quality_gates).length + 1);
    expect((await api.call('PUT', path, { body: document })).status).toBe(200);
    await api.done('PUT', path, answered);
    expect(await events(path)).toEqual(before);
  });
  test('changed in every part becomes an event for each', async () => {
    const path = await task({ quality_gates: { mypy: { status: 'failed' } }, blocked_on: 'x' });
    const body = {
      ...plain,
      status: 'completed',
      phase: 'done',
      artifacts: [{ path: 'a' }],
      quality_gates: { mypy: { status: 'passed' } },
      session_id: 'B',
    };
    expect((await api.done('PUT', path, body)).status).toBe('completed');
    const before = ['TaskStarted', 'QualityGateReported', 'TaskBlocked'];
    expect(await typesOf(path)).toEqual([...before, 'TaskProgressed', 'ArtifactRecorded', 'QualityGateReported', 'TaskUnblocked', 'TaskCompleted']);
    expect((await events(path)).at(-1)).toMatchObject({ actor: 'B', data: { project_key: 'p', session_id: 'B', duration_ms: 0 } });
  });
});

describe('a body that is not as the schema says is refused with its fields, and writes nothing:', () => {
  test.each<[string, object, [string, RegExp?][]]>([
    ['several at once', { task_name: 5, completed_steps: 'all' }, [['task_name'], ['status', /missing/], ['completed_steps', /array/]]],
    ['a field that no task has', { ...plain, artefacts: [] }, [['artefacts', /did you mean artifacts/]]],
    ['a gate of a fourth status', { ...plain, quality_gates: { 'a/b': { status: 'green' } } }, [['quality_gates.a/b.status', /one of passed/]]],
    ['an artifact without a path', { ...plain, artifacts: [{ path: 'a' }, {}] }, [['artifacts.1.path', /missing/]]],
    ['a misspelt member of an artifact', { ...plain, artifacts: [{ path: 'a', stauts: 'draft' }] }, [['artifacts.0.stauts', /did you mean status/]]],
    ['an artifact twice', { ...plain, artifacts: [{ path: 'a' }, { path: 'a' }] }, [['artifacts.1.path', /already/]]],
    ['a time that is none', { ...plain, started: '2025-02-30T00:00:00Z' }, [['started', /ISO 8601/]]],
    ['a NUL, deep inside', { ...plain, metrics: { a: [{ 'b\0': 1 }] } }, [['metrics', /NUL/]]],
    [
      'a name and a step that are empty',
      { ...plain, task_name: '', completed_steps: [''] },
      [
        ['task_name', /^must have at least 1 character$/],
        ['completed_steps.0', /^must have at least 1 character$/],
      ],
    ],
    ['a phase that is too long', { ...plain, phase: 'x'.repeat(201) }, [['phase', /^must have at most 200 characters$/]]],
    [
      'a text where an object belongs',
      { ...plain, artifacts: ['a'], phase: 5 },
      [
        ['artifacts.0', /^must be an object$/],
        ['phase', /^must be a string or null$/],
      ],
    ],
    [
      'a gate without a name',
      { ...plain, quality_gates: { '': { status: 'passed' } } },
      [['quality_gates.', /^is no name; it must have at least 1 character$/]],
    ],
    ['another task than that of the path', { ...plain, task_id: 'other' }, [['task_id', /path/]]],
    ['a session and a project that are none', { ...plain, session_id: 5, project_key: '' }, [['session_id'], ['project_key']]],
  ])('%s', async (_, body, fields) => {
    const path = `/tasks/${api.name('task')}`;
    const answer = await api.call('PUT', path, { body });
    expect(answer.body).toMatchObject({ status: 422, type: problem('invalid-request') });
    const errors = listOf(answer.body.errors).map(({ field, message }) => [String(field), String(message)] as const);
    expect(errors.map(([field]) => field).sort()).toEqual(fields.map(([field]) => field).sort());
    for (const [field, message = /./] of fields) expect(errors.find(([name]) => name === field)?.[1]).toMatch(message);
    expect((await api.get(path)).status).toBe(404);
  });
  test('half a million mistakes, of which the first is told', async () => {
    const body = { ...plain, completed_steps: Array.from({ length: 500_000 }, () => 1) };
    const answer = await api.call('PUT', '/tasks/none', { body });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ field: 'completed_steps' }] });
    expect(answer.body.errors).toHaveLength(1);
  });
  test('none at all, or no object', async () => {
    for (const [method, path] of [
      ['PUT', '/tasks/none'],
      ['PATCH', '/tasks/none'],
      ['POST', '/tasks/none/artifacts'],
    ] as const) {
      expect((await api.call(method, path)).body).toMatchObject({
        status: 422,
        errors: [{ field: '(body)', message: expect.stringMatching(/missing/) }],
      });
      const errors = [{ field: '(body)', message: 'must be a JSON object' }];
      expect((await api.call(method, path, { body: ['x'] })).body).toMatchObject({ status: 422, errors });
    }
  });
});

test('a task is not taken over by another project', async () => {
  const path = await task();
  const answer = await api.call('PUT', path, { body: { ...plain, project_key: 'q' } });
  expect(answer.body).toMatchObject({ status: 422, errors: [{ field: 'project_key' }] });
});

test('with If-Match, a change is refused when the task has moved on', async () => {
  const path = await task();
  const headers = { 'If-Match': '"1"' };
  expect((await api.call('PATCH', path, { body: { phase: 'testing' }, headers })).body).toMatchObject({ phase: 'testing', revision: 2 });
  for (const method of ['PATCH', 'PUT'])
    expect((await api.call(method, path, { body: { ...plain, phase: 'x' }, headers })).body).toMatchObject({ status: 412, current_revision: 2 });
});

test('parts that are told bit by bit are kept, also when twenty are told at once', async () => {
  const path = await task({ remaining_steps: ['0', '1', 'last'] });
  const say = (i: number) => api.done('POST', `${path}/steps`, { completed: String(i) });
  await Promise.all(Array.from({ length: 20 }, (_, i) => say(i)));
  await api.done('POST', `${path}/artifacts`, { path: 'a.py', status: 'draft', created_at: '2025-11-16T16:30:00+01:00' });
  await api.done('POST', `${path}/quality-gates`, { name: 'pytest', status: 'passed', coverage_percent: 87 });
  await api.done('POST', `${path}/quality-gates`, { name: 'lint', status: 'not_run' });
  const { body } = await api.get(path);
  expect(
    listOf(body.completed_steps)
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(body).toMatchObject({
    remaining_steps: ['last'],
    artifacts: [{ path: 'a.py', status: 'draft', created_at: '2025-11-16T15:30:00.000Z' }],
    quality_gates: {
      pytest: { status: 'passed', coverage_percent: 87, last_run: new Date(api.clock.now()).toISOString() },
      lint: { status: 'not_run' },
    },
  });
});

test('a step that says nothing is refused', async () => {
  expect((await api.call('POST', `${await task()}/steps`, { body: {} })).body).toMatchObject({ status: 422, errors: [{ field: 'completed' }] });
});

describe('completing', () => {
  const quality_gates = { mypy: { status: 'passed' }, pytest: { status: 'failed', failed: 2 } };
  test('is refused with the gates that have not passed, and says what to do', async () => {
    const path = await task({ quality_gates });
    const { body } = await api.call('POST', `${path}/complete`, { body: { required_gates: ['mypy', 'pytest', 'security'] } });
    expect(body).toMatchObject({
      ...{ status: 422, type: problem('gates-not-passed'), detail: expect.stringContaining('pytest (failed), security (missing)') },
      gates: [
        { name: 'pytest', status: 'failed' },
        { name: 'security', status: 'missing' },
      ],
    });
    expect((await api.call('PATCH', path, { body: { status: 'completed' } })).body).toMatchObject({ type: problem('gates-not-passed') });
    expect((await api.get(path)).body).toMatchObject({ status: 'in_progress', revision: 3 });
  });
  test('by force is on record, with who, why and what had not passed', async () => {
    const path = await task({ quality_gates });
    expect((await api.call('POST', `${path}/complete`, { body: { force: true } })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'reason' }],
    });
    await api.done('POST', `${path}/complete`, { force: true, reason: 'known flake', session_id: 'B' });
    const completion = { forced: true, reason: 'known flake', gates_not_passed: [{ name: 'pytest', status: 'failed' }] };
    expect((await api.get(path)).body).toMatchObject({ status: 'completed', completed_at: new Date(api.clock.now()).toISOString(), completion });
    expect((await events(path)).at(-1)).toMatchObject({ type: 'TaskCompleted', actor: 'B', data: completion });
  });
  test('and unblocking need no body', async () => {
    const path = await task({ blocked_on: 'x' });
    expect((await api.call('POST', `${path}/unblock`)).body).toMatchObject({ blocked_on: null });
    expect((await api.call('POST', `${path}/complete`)).body).toMatchObject({ status: 'completed' });
  });
});

test('lists and histories come in pages that join up while tasks come and change', async () => {
  const project_key = api.name('paged');
  const paths: string[] = [];
  for (let i = 0; i < 7; i += 1) paths.push(await task({ project_key, blocked_on: i % 2 ? 'x' : null }));
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { body } = await api.get(`/tasks?project_key=${project_key}&blocked=true&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...listOf(body.items).map(({ task_id }) => `/tasks/${task_id}`));
    const next: unknown = body.next_cursor;
    cursor = typeof next === 'string' ? next : null;
    await api.done('PATCH', String(paths[1]), { phase: api.name('phase') });
  }
  expect(seen).toEqual(paths.filter((_, i) => i % 2));
  const first = (await api.get(`${paths[1]}/history?limit=3`)).body;
  const rest = (await api.get(`${paths[1]}/history?limit=500&cursor=${first.next_cursor}`)).body;
  expect([...listOf(first.items), ...listOf(rest.items)]).toEqual(await events(String(paths[1])));
  expect((await api.get('/tasks/none/history')).status).toBe(404);
});

test('the metrics of a project measure its tasks by the clock', async () => {
  const project_key = api.name('measured');
  const HOUR = 3_600_000;
  const [one, two] = [await task({ project_key }), await task({ project_key })];
  await api.done('POST', `${one}/quality-gates`, { name: 'pytest', status: 'failed' });
  await api.done('POST', `${two}/blockers`, { reason: 'a review' });
  api.clock.advance(HOUR);
  await api.done('POST', `${one}/quality-gates`, { name: 'pytest', status: 'passed' });
  await api.done('POST', `${one}/complete`);
  api.clock.advance(HOUR);
  expect((await api.get(`/metrics/tasks?project_key=${project_key}`)).body).toEqual({
    project_key,
    generated_at: new Date(api.clock.now()).toISOString(),
    counts: { total: 2, open: 1, completed: 1, blocked: 1, forced: 0, by_status: { completed: 1, in_progress: 1 } },
    durations: { completed: 1, average_ms: HOUR, median_ms: HOUR, shortest_ms: HOUR, longest_ms: HOUR },
    time_blocked: { tasks: 1, total_ms: 2 * HOUR, average_ms: 2 * HOUR, longest_ms: 2 * HOUR },
    gates: [{ name: 'pytest', passed: 1, failed: 0, not_run: 0, pass_rate: 1, reports: { passed: 1, failed: 1, pass_rate: 0.5 } }],
  });
});

test('the id of a task may hold whatever a path can', async () => {
  const path = `/tasks/${encodeURIComponent("layer 3/renderer 'é😀' %")}`;
  await api.done('PUT', path, plain);
  expect((await api.get(path)).body).toMatchObject({ task_id: "layer 3/renderer 'é😀' %" });
  expect(await typesOf(path)).toEqual(['TaskStarted']);
});
