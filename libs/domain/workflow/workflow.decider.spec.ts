import { OUTLIVED_KEY } from '../problem';
import { given } from '../testing/given';
import { progressOf, type WorkflowCreated, type WorkflowState, workflowDecider } from './index';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';
const workflow = { workflow_id: 'w', project_key: 'p', name: 'Discovery', description: 'D', status: 'planning', created_by: 'A' } as const;
const created: WorkflowCreated = { type: 'WorkflowCreated', data: { ...workflow, created_at: AT } };
const change = (changes: object, changed_by: string | null = 'B') => ({ type: 'ChangeWorkflow' as const, changes, changed_by, now: T0 + 1_000 });
const LATER = '2026-05-12T15:30:01.000Z';

describe('a workflow', () => {
  test('is created once', () => {
    const create = { type: 'CreateWorkflow' as const, workflow, now: T0 };
    given(workflowDecider, []).when(create).thenEvents([created]);
    expect(given(workflowDecider, [created]).when(create).decision).toBe(OUTLIVED_KEY);
  });
  test('says which fields changed, who did it and when', () => {
    given(workflowDecider, [created])
      .when(change({ name: 'Discovery', description: null, status: 'active' }))
      .thenEvents([
        {
          type: 'WorkflowChanged',
          data: { workflow_id: 'w', project_key: 'p', changes: { description: null, status: 'active' }, changed_by: 'B', changed_at: LATER },
        },
      ]);
  });
  test('is not written when nothing changes', () => {
    given(workflowDecider, [created])
      .when(change({ name: 'Discovery', description: undefined }))
      .thenEvents([]);
  });
  test('that does not exist can not be changed', () => {
    given(workflowDecider, [])
      .when(change({ name: 'N' }))
      .thenRefused({ problem: 'not-found' });
  });
  test('keeps what a change does not name', () => {
    const changed = {
      type: 'WorkflowChanged' as const,
      data: { workflow_id: 'w', project_key: 'p', changes: { name: 'N' }, changed_by: null, changed_at: LATER },
    };
    const state: WorkflowState | null = [created, changed].reduce(workflowDecider.evolve, workflowDecider.initialState);
    expect(state).toEqual({ ...workflow, name: 'N', created_at: AT, updated_at: LATER });
  });
});

test.each([
  [0, 0, 0],
  [3, 1, 33],
  [200, 199, 99],
  [7, 7, 100],
])('of %i items %i completed are %i percent', (total, completed, percent) => {
  expect(progressOf({ total, completed, in_progress: 0, blocked: 0 }).percent).toBe(percent);
});
