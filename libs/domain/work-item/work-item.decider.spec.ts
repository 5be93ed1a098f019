import { OUTLIVED_KEY } from '../problem';
import { given } from '../testing/given';
import { isReady, type WorkItemAdded, type WorkItemChanged, type WorkItemChanges, workItemDecider } from './index';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';
const LATER = '2026-05-12T15:30:01.000Z';
const now = T0 + 1_000;
const item = {
  ...{ work_item_id: 'i', workflow_id: 'w', project_key: 'p', title: 'Scan', description: null, status: 'pending' as const, priority: 0 },
  ...{ assigned_to: null, depends_on: [] as string[] },
};
const added = (more: Partial<WorkItemAdded['data']> = {}): WorkItemAdded => ({
  type: 'WorkItemAdded',
  data: { ...item, created_at: AT, completed_at: null, revision: 1, ...more },
});
const changed = (changes: WorkItemChanged['data']['changes'], more: object = {}): WorkItemChanged => ({
  type: 'WorkItemChanged',
  data: { work_item_id: 'i', workflow_id: 'w', project_key: 'p', changes, changed_by: 'B', changed_at: LATER, revision: 2, ...more },
});
const change = (changes: WorkItemChanges, more: object = {}) => ({ type: 'ChangeWorkItem' as const, changes, changed_by: 'B', now, ...more });
const claim = (more: object = {}) => ({ type: 'ClaimWorkItem' as const, session_id: 'B', now, ...more });
const handOff = (more: object = {}) => ({
  ...{ type: 'HandOffWorkItem' as const, from_session: 'A', to_session: 'B', note: 'Tests are missing', message_id: 'm', now },
  ...more,
});

describe('a work item', () => {
  test('is added once', () => {
    given(workItemDecider, []).when({ type: 'AddWorkItem', item, now: T0 }).thenEvents([added()]);
    expect(given(workItemDecider, [added()]).when({ type: 'AddWorkItem', item, now }).decision).toBe(OUTLIVED_KEY);
  });
  test('that is added as completed was completed then', () => {
    given(workItemDecider, [])
      .when({ type: 'AddWorkItem', item: { ...item, status: 'completed' }, now: T0 })
      .thenEvents([added({ status: 'completed', completed_at: AT })]);
  });
  test('says which fields changed, and counts its revision on', () => {
    given(workItemDecider, [added()])
      .when(change({ title: 'Scan', priority: -2, depends_on: ['j'], assigned_to: undefined }))
      .thenEvents([changed({ priority: -2, depends_on: ['j'] })]);
  });
  test('is not written when nothing changes', () => {
    given(workItemDecider, [added({ depends_on: ['j'] })])
      .when(change({ status: 'pending', depends_on: ['j'] }))
      .thenEvents([]);
  });
  test('remembers since when it is completed, as long as it is', () => {
    given(workItemDecider, [added()])
      .when(change({ status: 'completed' }))
      .thenEvents([changed({ status: 'completed', completed_at: LATER })]);
    given(workItemDecider, [added({ status: 'completed', completed_at: AT })])
      .when(change({ status: 'blocked' }))
      .thenEvents([changed({ status: 'blocked', completed_at: null })]);
  });
  test('is written for the revision that the caller has seen', () => {
    given(workItemDecider, [added()])
      .when(change({ priority: 1 }, { if_match: 1 }))
      .thenEvents([changed({ priority: 1 })]);
    given(workItemDecider, [added(), changed({ priority: 1 })])
      .when(change({ priority: 2 }, { if_match: 1 }))
      .thenRefused({ problem: 'revision-conflict', current_revision: 2 });
  });
  test.each([change({ priority: 1 }), claim(), handOff()])('that does not exist is not there for $type', (command) => {
    given(workItemDecider, []).when(command).thenRefused({ problem: 'not-found' });
  });
});

describe('claiming', () => {
  test('assigns and begins, and the log says that it was a claim', () => {
    given(workItemDecider, [added()])
      .when(claim())
      .thenEvents([changed({ status: 'in_progress', assigned_to: 'B' }, { reason: 'claimed' })]);
  });
  test('what one has and works on already changes nothing', () => {
    given(workItemDecider, [added({ status: 'in_progress', assigned_to: 'B' })])
      .when(claim())
      .thenEvents([]);
  });
  test('what was assigned to oneself begins it', () => {
    given(workItemDecider, [added({ assigned_to: 'B' })])
      .when(claim())
      .thenEvents([changed({ status: 'in_progress' }, { reason: 'claimed' })]);
  });
  test.each([
    ['another has', { assigned_to: 'A' }, 'A', null],
    ['is completed', { status: 'completed' as const }, null, 'completed'],
    ['is cancelled', { status: 'cancelled' as const, assigned_to: 'B' }, 'B', 'cancelled'],
  ])('what %s is refused', (_, state, assigned_to, over) => {
    given(workItemDecider, [added(state)])
      .when(claim())
      .thenRefused({ problem: 'work-item-taken', assigned_to, over });
  });
  test('what was chosen as of a revision that it has left is refused, if only because it changed', () => {
    given(workItemDecider, [added(), changed({ depends_on: ['j'] })])
      .when(claim({ if_match: 1 }))
      .thenRefused({ problem: 'revision-conflict', current_revision: 2 });
    given(workItemDecider, [added(), changed({ assigned_to: 'A' })])
      .when(claim({ if_match: 1 }))
      .thenRefused({ problem: 'work-item-taken', assigned_to: 'A' });
  });
});

describe('handing off', () => {
  test('reassigns, keeps the status, and names the message that tells the receiver', () => {
    given(workItemDecider, [added({ status: 'in_progress', assigned_to: 'A' })])
      .when(handOff())
      .thenEvents([
        changed(
          { assigned_to: 'B' },
          { changed_by: 'A', reason: 'handed_off', note: 'Tests are missing', handoff: { to_session: 'B', message_id: 'm', title: 'Scan' } },
        ),
      ]);
  });
  test('what another has is refused', () => {
    given(workItemDecider, [added({ assigned_to: 'C' })])
      .when(handOff())
      .thenRefused({ problem: 'work-item-taken', assigned_to: 'C' });
  });
  test('to oneself is refused', () => {
    given(workItemDecider, [added()])
      .when(handOff({ to_session: 'A' }))
      .thenRefused({ errors: [{ field: 'to_session' }] });
  });
});

test('an item is ready that is pending and whose dependencies are all completed', () => {
  const completed = new Set(['j', 'k']);
  expect(isReady({ status: 'pending', depends_on: [] }, completed)).toBe(true);
  expect(isReady({ status: 'pending', depends_on: ['j', 'k'] }, completed)).toBe(true);
  expect(isReady({ status: 'pending', depends_on: ['j', 'l'] }, completed)).toBe(false);
  expect(isReady({ status: 'blocked', depends_on: [] }, completed)).toBe(false);
});
