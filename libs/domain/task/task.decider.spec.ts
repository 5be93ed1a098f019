import { given } from '../testing/given';
import { type TaskCommand, type TaskEvent, taskDecider, type WholeDocument } from './index';

const T0 = Date.parse('2026-05-12T12:00:00.000Z');
const at = (minutes: number): string => new Date(T0 + minutes * 60_000).toISOString();
const document = (more: Partial<WholeDocument> = {}): WholeDocument => ({
  ...{ task_name: 'Renderer', phase: 'implementation', status: 'in_progress', current_step: 'parser', completed_steps: ['design'] },
  ...{ remaining_steps: ['tests', 'docs'], blocked_on: null, questions_for_coordinator: [], artifacts: [], quality_gates: {}, metrics: {} },
  ...{ estimated_completion: null },
  ...more,
});
type Options = { minute?: number; session_id?: string | null; project_key?: string | null; if_match?: number };
const put = (more: Partial<WholeDocument> = {}, { minute = 0, ...rest }: Options = {}): TaskCommand => {
  return { type: 'PutTask', task_id: 't', project_key: 'p', session_id: 'A', document: document(more), now: T0 + minute * 60_000, ...rest };
};
type Short<T> = T extends TaskCommand ? Omit<T, 'session_id' | 'now'> : never;
const command = (what: Short<TaskCommand>, minute = 0, session_id: string | null = 'A') =>
  ({ ...what, session_id, now: T0 + minute * 60_000 }) as TaskCommand;
const about = (minute = 0, more: object = {}) => ({ task_id: 't', project_key: 'p', session_id: 'A', updated: at(minute), ...more });

/** What a list of commands leads to, one after the other. */
function happened(...commands: TaskCommand[]): TaskEvent[] {
  const events: TaskEvent[] = [];
  for (const each of commands) {
    const { decision } = given(taskDecider, events).when(each);
    if ('problem' in decision) throw new Error(JSON.stringify(decision));
    events.push(...decision);
  }
  return events;
}
const state = (...commands: TaskCommand[]) => happened(...commands).reduce(taskDecider.evolve, taskDecider.initialState);
const types = (events: readonly TaskEvent[]) => events.map(({ type }) => type);

describe('a task that is put', () => {
  test('starts, now unless the document says when', () => {
    const { blocked_on: _b, artifacts: _a, quality_gates: _g, ...progress } = document();
    given(taskDecider, [])
      .when(put())
      .thenEvents([{ type: 'TaskStarted', data: { ...about(), ...progress, started: at(0) } }]);
    expect(state(put({ started: at(-60), updated: at(-30) }))).toMatchObject({ started: at(-60), updated: at(-30), revision: 1 });
  });
  test('records its artifacts, gates and blocker, each in an event of its own', () => {
    const artifacts = [{ path: 'a.py', type: 'source_code', status: 'draft' }];
    const events = happened(put({ artifacts, quality_gates: { mypy: { status: 'passed', errors: 0 } }, blocked_on: 'a specification' }));
    expect(events.slice(1)).toEqual([
      { type: 'ArtifactRecorded', data: { ...about(), artifact: artifacts[0] } },
      { type: 'QualityGateReported', data: { ...about(), name: 'mypy', gate: { status: 'passed', errors: 0 } } },
      { type: 'TaskBlocked', data: { ...about(), blocked_on: 'a specification', blocked_since: at(0) } },
    ]);
  });
  test('again and the same writes nothing, whoever says so and in whatever order the members stand', () => {
    const gates = { mypy: { status: 'passed', errors: 0 } } as const;
    given(taskDecider, happened(put({ quality_gates: gates, updated: at(0) })))
      .when(put({ quality_gates: { mypy: { errors: 0, status: 'passed' } }, updated: at(0) }, { minute: 5, session_id: 'B' }))
      .thenEvents([]);
  });
  test('again says only what it changes', () => {
    given(taskDecider, happened(put()))
      .when(put({ phase: 'testing', completed_steps: ['design', 'parser'] }, { minute: 5 }))
      .thenEvents([{ type: 'TaskProgressed', data: { ...about(5), changes: { phase: 'testing', completed_steps: ['design', 'parser'] } } }]);
  });
  test('drops what the document does not have any more', () => {
    const before = put({ artifacts: [{ path: 'a' }, { path: 'b' }], quality_gates: { x: { status: 'failed' }, y: { status: 'passed' } } });
    const events = happened(before, put({ artifacts: [{ path: 'b' }], quality_gates: { y: { status: 'passed' } } }));
    expect(events.at(-1)?.data).toMatchObject({ changes: {}, artifacts_removed: ['a'], quality_gates_removed: ['x'] });
    expect(events.reduce(taskDecider.evolve, null)).toMatchObject({ artifacts: [{ path: 'b' }], quality_gates: { y: { status: 'passed' } } });
  });
  test('takes the document’s own time of update, also if nothing else is new', () => {
    const events = happened(put({ updated: at(0) }), put({ updated: at(3) }, { minute: 4 }));
    expect(events[1]).toEqual({ type: 'TaskProgressed', data: { ...about(3), changes: {} } });
  });
  test('is updated now, when the document that changes it still carries the time of the last update', () => {
    expect(state(put({ updated: at(0) }), put({ updated: at(0), phase: 'testing' }, { minute: 4 }))).toMatchObject({ updated: at(4) });
  });
  test('stays in its project; one without a project is taken into the first that is named', () => {
    const adopted = happened(put({}, { project_key: null }), put({}, { project_key: 'q' }));
    expect(adopted.map(({ data }) => data.project_key)).toEqual([null, 'q']);
    given(taskDecider, adopted)
      .when(put({}, { project_key: 'r' }))
      .thenRefused({ problem: 'invalid-request', errors: [expect.objectContaining({ field: 'project_key' })] });
    given(taskDecider, adopted)
      .when(put({}, { project_key: undefined }))
      .thenEvents([]);
  });
  test('keeps who worked on it, when a caller does not say who it is', () => {
    expect(state(put(), put({ phase: 'testing' }, { session_id: null }))).toMatchObject({ session_id: 'A' });
    expect(state(put({}, { session_id: null }))).toMatchObject({ session_id: null });
  });
  test('is refused for another revision than the one that the caller has seen', () => {
    given(taskDecider, happened(put()))
      .when(put({ phase: 'x' }, { if_match: 2 }))
      .thenRefused({ problem: 'revision-conflict', current_revision: 1 });
  });
  test('keeps names that mean something to JavaScript', () => {
    const gates = JSON.parse('{"__proto__": {"status": "failed"}, "constructor": {"status": "passed"}}');
    const task = state(put({ quality_gates: gates }));
    expect(Object.keys(task?.quality_gates ?? {})).toEqual(['__proto__', 'constructor']);
    expect(task?.quality_gates.valueOf).toBe(Object.prototype.valueOf);
  });
});

test.each<Short<TaskCommand>>([
  { type: 'PatchTask', task_id: 't', patch: { phase: 'x' } },
  { type: 'TakeSteps', completed: ['x'] },
  { type: 'RecordArtifact', artifact: { path: 'x' } },
  { type: 'ReportGate', name: 'x', gate: { status: 'passed' } },
  { type: 'BlockTask', blocked_on: 'x' },
  { type: 'UnblockTask' },
  { type: 'CompleteTask', force: true, reason: 'x' },
])('$type finds no task that was never put', (what) => {
  given(taskDecider, []).when(command(what)).thenRefused({ problem: 'not-found' });
});

test('a patch changes what it names; of gates and metrics, the members that it names', () => {
  const before = put({ quality_gates: { x: { status: 'failed' }, y: { status: 'passed' } }, metrics: { lines: 1, tests: 2 } });
  const patch = { phase: 'testing', quality_gates: { x: null, z: { status: 'passed' as const } }, metrics: { lines: null, hours: 3 } };
  expect(state(before, command({ type: 'PatchTask', task_id: 't', patch }))).toMatchObject({
    ...{ phase: 'testing', current_step: 'parser', metrics: { tests: 2, hours: 3 } },
    quality_gates: { y: { status: 'passed' }, z: { status: 'passed' } },
  });
});

describe('a step', () => {
  test('that is completed remains no longer and is not under way', () => {
    const task = state(put(), command({ type: 'TakeSteps', completed: ['parser', 'tests'] }));
    expect(task).toMatchObject({ completed_steps: ['design', 'parser', 'tests'], current_step: null, remaining_steps: ['docs'] });
  });
  test('that begins remains no longer; what is said to remain is taken as it is said', () => {
    const task = state(put(), command({ type: 'TakeSteps', current: 'tests' }));
    expect(task).toMatchObject({ current_step: 'tests', remaining_steps: ['docs'], completed_steps: ['design'] });
    expect(state(put(), command({ type: 'TakeSteps', remaining: ['parser'] }))).toMatchObject({
      current_step: 'parser',
      remaining_steps: ['parser'],
    });
  });
  test('that was completed already changes nothing', () => {
    given(taskDecider, happened(put()))
      .when(command({ type: 'TakeSteps', completed: ['design'] }, 5))
      .thenEvents([]);
  });
});

test('an artifact or a gate told again the same writes nothing; told otherwise it takes the place of what was told', () => {
  const artifact = command({ type: 'RecordArtifact', artifact: { path: 'a', status: 'draft' } });
  const gate = command({ type: 'ReportGate', name: 'g', gate: { status: 'failed', failed: 1 } });
  const before = happened(put(), artifact, gate);
  given(taskDecider, before).when(artifact).thenEvents([]);
  given(taskDecider, before).when(gate).thenEvents([]);
  const later = [
    command({ type: 'RecordArtifact', artifact: { path: 'a' } }),
    command({ type: 'ReportGate', name: 'g', gate: { status: 'passed' } }),
  ];
  expect(state(put(), artifact, gate, ...later)).toMatchObject({ artifacts: [{ path: 'a' }], quality_gates: { g: { status: 'passed' } } });
});

test('a task holds so many artifacts and gates and no more', () => {
  const artifacts = Array.from({ length: 1_000 }, (_, i) => ({ path: String(i) }));
  const quality_gates = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`g${i}`, { status: 'passed' as const }]));
  const full = given(taskDecider, happened(put({ artifacts, quality_gates })));
  full.when(command({ type: 'RecordArtifact', artifact: { path: 'one more' } })).thenRefused({ problem: 'invalid-request' });
  full.when(command({ type: 'ReportGate', name: 'one more', gate: { status: 'passed' } })).thenRefused({ problem: 'invalid-request' });
});

describe('a block', () => {
  test('lasts from its first reason to its end, and is counted', () => {
    const events = happened(
      put(),
      command({ type: 'BlockTask', blocked_on: 'a specification' }, 1),
      command({ type: 'BlockTask', blocked_on: 'a review' }, 3),
      command({ type: 'UnblockTask' }, 7),
    );
    expect(events.at(-1)).toEqual({
      type: 'TaskUnblocked',
      data: { ...about(7), blocked_on: 'a review', blocked_since: at(1), unblocked_at: at(7), blocked_ms: 6 * 60_000 },
    });
    expect(events.reduce(taskDecider.evolve, null)).toMatchObject({ blocked_on: null, blocked_since: null, blocked_ms: 6 * 60_000 });
  });
  test('for the same reason, and the end of none, write nothing', () => {
    const block = command({ type: 'BlockTask', blocked_on: 'x' });
    given(taskDecider, happened(put(), block)).when(block).thenEvents([]);
    given(taskDecider, happened(put()))
      .when(command({ type: 'UnblockTask' }))
      .thenEvents([]);
  });
});

describe('completing', () => {
  const gates = { mypy: { status: 'passed' }, pytest: { status: 'failed', failed: 2 }, validation: { status: 'not_run' } } as const;
  const complete = (more: object = {}, minute = 30) => command({ type: 'CompleteTask', force: false, reason: null, ...more }, minute);
  const open = happened(put({ quality_gates: gates }));

  test('needs every gate that was reported, where none are named', () => {
    const failing = [
      { name: 'pytest', status: 'failed' },
      { name: 'validation', status: 'not_run' },
    ];
    given(taskDecider, open).when(complete()).thenRefused({ problem: 'gates-not-passed', gates: failing });
  });
  test('needs the gates that are named, also those that were never reported', () => {
    given(taskDecider, open)
      .when(complete({ required_gates: ['mypy', 'security', 'toString'] }))
      .thenRefused({
        gates: [
          { name: 'security', status: 'missing' },
          { name: 'toString', status: 'missing' },
        ],
      });
  });
  test('with the gates passed says how long it took', () => {
    const completion = { forced: false, reason: null, required_gates: ['mypy'], gates_not_passed: [] };
    given(taskDecider, open)
      .when(complete({ required_gates: ['mypy'] }))
      .thenEvents([{ type: 'TaskCompleted', data: { ...about(30), ...completion, started: at(0), completed_at: at(30), duration_ms: 30 * 60_000 } }]);
  });
  test('by force needs a reason, and is marked with what had not passed', () => {
    given(taskDecider, open)
      .when(complete({ force: true, reason: ' ' }))
      .thenRefused({ problem: 'invalid-request', errors: [expect.objectContaining({ field: 'reason' })] });
    const forced = state(put({ quality_gates: gates }), complete({ force: true, reason: 'known flake', required_gates: ['pytest'] }));
    expect(forced).toMatchObject({
      status: 'completed',
      completion: { forced: true, reason: 'known flake', gates_not_passed: [{ name: 'pytest' }] },
    });
  });
  test('by force where all have passed is not marked', () => {
    expect(state(put(), complete({ force: true, reason: 'sure' }))).toMatchObject({ completion: { forced: false } });
  });
  test('twice is once', () => {
    given(taskDecider, happened(put(), complete())).when(complete({}, 60)).thenEvents([]);
  });
  test('ends a block', () => {
    expect(types(happened(put({ blocked_on: 'x' }), complete()))).toEqual(['TaskStarted', 'TaskBlocked', 'TaskUnblocked', 'TaskCompleted']);
  });
  test('by a document or a patch answers to the same gates', () => {
    given(taskDecider, open)
      .when(put({ quality_gates: gates, status: 'completed' }))
      .thenRefused({ problem: 'gates-not-passed' });
    given(taskDecider, open)
      .when(command({ type: 'PatchTask', task_id: 't', patch: { status: 'completed' } }))
      .thenRefused({ problem: 'gates-not-passed' });
    const passed = put({ quality_gates: { mypy: { status: 'passed' } }, status: 'completed' }, { minute: 9 });
    expect(types(happened(put({ quality_gates: gates }), passed))).toEqual([...types(open), 'TaskProgressed', 'TaskCompleted']);
  });
  test('before the first document came is taken as it was, with what had not passed', () => {
    const first = state(put({ quality_gates: gates, status: 'completed', started: at(-90), updated: at(-60) }));
    expect(first).toMatchObject({
      completed_at: at(-60),
      completion: { forced: false, gates_not_passed: [{ name: 'pytest' }, { name: 'validation' }] },
    });
  });
  test('is undone by another status', () => {
    const again = command({ type: 'PatchTask', task_id: 't', patch: { status: 'in_progress' } });
    expect(state(put(), complete(), again)).toMatchObject({ status: 'in_progress', completed_at: null, completion: null });
  });
});
