import type { MessageSent } from '@coord/domain/message/index';
import { isReady, type WorkItemAdded, type WorkItemChanged, type WorkItemState, workItemDecider } from '@coord/domain/work-item/index';
import type { WorkflowChanged, WorkflowCreated } from '@coord/domain/workflow/index';
import { busyDay } from '../testing/busy-day';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { claimableItems, findWorkflow, findWorkItem, listWorkflows, listWorkItems, untoldHandoffs, workCounts, workProjection } from './index';

let readModel: ReadModel;
let history: History;
beforeEach(async () => {
  readModel = await ReadModel.of(workProjection);
  history = new History();
});
afterEach(() => readModel.close());

const apply = async (...events: (WorkflowCreated | WorkflowChanged | WorkItemAdded | WorkItemChanged | MessageSent)[]) => {
  const before = history.events.length;
  history.append('work', events);
  await readModel.apply(history.events.slice(before));
};
const workflow = (n: number, more: object = {}): WorkflowCreated => ({
  type: 'WorkflowCreated',
  data: { workflow_id: id(n), project_key: 'p', name: 'n', description: null, status: 'planning', created_by: 'A', created_at: iso(NOON), ...more },
});
const item = (n: number, more: Partial<WorkItemAdded['data']> = {}): WorkItemAdded => ({
  type: 'WorkItemAdded',
  data: {
    ...{
      work_item_id: id(n),
      workflow_id: id(1),
      project_key: 'p',
      title: 't',
      description: null,
      status: 'pending',
      priority: 0,
      assigned_to: null,
    },
    ...{ depends_on: [], created_at: iso(NOON), completed_at: null, revision: 1 },
    ...more,
  },
});
const change = (n: number, changes: WorkItemChanged['data']['changes'], more: object = {}): WorkItemChanged => ({
  type: 'WorkItemChanged',
  data: { work_item_id: id(n), workflow_id: id(1), project_key: 'p', changes, changed_by: 'B', changed_at: iso(NOON + 1), revision: 2, ...more },
});
const ready = async (n: number) => (await findWorkItem(readModel.sql, id(n)))?.ready;
const ids = (rows: readonly { id: string }[]) => rows.map((row) => Number(row.id.slice(-6)));

test('an item is ready while it is pending and all that it depends on is completed', async () => {
  await apply(workflow(1), item(10), item(11), item(12, { depends_on: [id(10), id(11)] }));
  expect(await ready(12)).toBe(false);
  await apply(change(10, { status: 'completed', completed_at: iso(NOON) }));
  expect(await ready(12)).toBe(false);
  await apply(change(11, { status: 'completed', completed_at: iso(NOON) }));
  expect(await ready(12)).toBe(true);
  await apply(change(10, { status: 'cancelled', completed_at: null }));
  expect(await ready(12)).toBe(false);
  await apply(change(12, { depends_on: [id(11)] }));
  expect(await ready(12)).toBe(true);
  await apply(change(12, { status: 'in_progress' }));
  expect(await ready(12)).toBe(false);
});

test('a change sets what it names, also to nothing, and keeps the rest', async () => {
  await apply(workflow(1), item(10, { description: 'd', assigned_to: 'A', priority: 3, depends_on: [] }));
  await apply(change(10, { description: null, assigned_to: null, title: 'u' }));
  expect(await findWorkItem(readModel.sql, id(10))).toMatchObject({ title: 'u', description: null, assigned_to: null, priority: 3, revision: 2 });
});

test('a workflow counts its items', async () => {
  await apply(
    workflow(1),
    workflow(2),
    item(10),
    item(11, { status: 'completed' }),
    item(12, { status: 'blocked' }),
    item(13, { workflow_id: id(2) }),
  );
  expect(await findWorkflow(readModel.sql, id(1))).toMatchObject({ total: 3, completed: 1, in_progress: 0, blocked: 1 });
  await apply(change(10, { status: 'in_progress' }), change(12, { status: 'in_progress' }), change(12, { status: 'completed' }), item(14));
  expect(await findWorkflow(readModel.sql, id(1))).toMatchObject({ total: 4, completed: 2, in_progress: 1, blocked: 0 });
  expect(await findWorkflow(readModel.sql, id(2))).toMatchObject({ total: 1, completed: 0 });
  expect(await workCounts(readModel.sql, 'p')).toEqual([{ ready: 2, in_progress: 1, blocked: 0 }]);
});

test('workflows are listed oldest first, by project, status, and those that are not over', async () => {
  await apply(workflow(1), workflow(2, { status: 'completed' }), workflow(3, { project_key: 'q', status: 'active' }));
  const listed = async (query: object) => ids(await listWorkflows(readModel.sql, { limit: 10, ...query }));
  expect(await listed({})).toEqual([1, 2, 3]);
  expect(await listed({ projectKey: 'p' })).toEqual([1, 2]);
  expect(await listed({ status: 'completed' })).toEqual([2]);
  expect(await listed({ notOver: true })).toEqual([1, 3]);
  expect(await listed({ after: 1 })).toEqual([2, 3]);
});

test('items are listed by priority, then age, also page by page, and by every filter', async () => {
  await apply(workflow(1), item(10), item(11, { priority: 5 }), item(12, { priority: -1, assigned_to: 'B' }));
  await apply(item(13, { priority: 5, status: 'blocked' }), item(14, { project_key: 'q', depends_on: [id(10)] }));
  const listed = async (query: object) => ids(await listWorkItems(readModel.sql, { limit: 10, ...query }));
  expect(await listed({})).toEqual([11, 13, 10, 14, 12]);
  expect(await listed({ projectKey: 'p', workflowId: id(1) })).toEqual([11, 13, 10, 12]);
  expect(await listed({ status: 'blocked' })).toEqual([13]);
  expect(await listed({ assignedTo: 'B' })).toEqual([12]);
  expect(await listed({ ready: true })).toEqual([11, 10, 12]);
  expect(await listed({ ready: false })).toEqual([13, 14]);
  const [last] = (await listWorkItems(readModel.sql, { limit: 2 })).slice(-1);
  expect(await listed({ after: { priority: last?.priority, position: Number(last?.position) } })).toEqual([10, 14, 12]);
});

test('what may be claimed is ready and nobody has it, best first', async () => {
  await apply(workflow(1), item(10), item(11, { priority: 9, assigned_to: 'B' }), item(12, { priority: 1 }), item(13, { depends_on: [id(10)] }));
  expect(ids(await claimableItems(readModel.sql, { projectKey: 'p', limit: 10 }))).toEqual([12, 10]);
  expect(await claimableItems(readModel.sql, { projectKey: 'p', workflowId: id(2), limit: 10 })).toEqual([]);
});

test('what a workflow that is over has left behind is ready, and not for the next who asks; when it goes on, it is again', async () => {
  const moved = (status: WorkflowChanged['data']['changes']['status']): WorkflowChanged => ({
    type: 'WorkflowChanged',
    data: { workflow_id: id(1), project_key: 'p', changes: { status }, changed_by: 'A', changed_at: iso(NOON) },
  });
  const claimable = async (more: object = {}) => ids(await claimableItems(readModel.sql, { projectKey: 'p', limit: 10, ...more }));
  await apply(workflow(1), workflow(2), item(10), item(11, { workflow_id: id(2) }));
  for (const over of ['cancelled', 'completed'] as const) {
    await apply(moved(over), item(over === 'cancelled' ? 12 : 13));
    expect([await claimable(), await claimable({ workflowId: id(1) }), await ready(10)]).toEqual([[11], [], true]);
  }
  await apply(moved('blocked'));
  expect([await claimable(), await claimable({ workflowId: id(1) })]).toEqual([
    [10, 11, 12, 13],
    [10, 12, 13],
  ]);
});

test('a handoff is untold until its message is sent', async () => {
  const handoff = { to_session: 'B', message_id: id(99), title: 't' };
  const handed = change(10, { assigned_to: 'B' }, { changed_by: 'A', reason: 'handed_off', note: 'n', handoff });
  await apply(workflow(1), item(10), handed);
  expect(await untoldHandoffs(readModel.sql, 10)).toMatchObject([{ message_id: id(99), from_session: 'A', to_session: 'B', note: 'n', title: 't' }]);
  await apply({ type: 'MessageSent', data: { message_id: id(99) } } as MessageSent);
  expect(await untoldHandoffs(readModel.sql, 10)).toEqual([]);
});

test('after a busy day every item is as its events say, and every count is that of the items', async () => {
  const { events } = busyDay(1_500, 3);
  await readModel.apply(events, [40, 1, 7]);
  const items = new Map<string, WorkItemState>();
  for (const event of events as unknown as (WorkItemAdded | WorkItemChanged)[]) {
    if (event.type !== 'WorkItemAdded' && event.type !== 'WorkItemChanged') continue;
    const state = workItemDecider.evolve(items.get(event.data.work_item_id) ?? null, event);
    if (state) items.set(state.work_item_id, state);
  }
  const completed = new Set([...items.values()].filter(({ status }) => status === 'completed').map(({ work_item_id }) => work_item_id));
  const rows = await listWorkItems(readModel.sql, { limit: 10_000 });
  expect(rows).toHaveLength(items.size);
  for (const { id: work_item_id, position: _, created_at, updated_at, completed_at, ready: isNow, ...row } of rows) {
    const state = items.get(work_item_id);
    expect({ ...state, ...row, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() }).toEqual(state);
    expect(completed_at?.toISOString() ?? null).toBe(state?.completed_at);
    expect(isNow).toBe(state && isReady(state, completed));
  }
  const count = (keep: (row: (typeof rows)[number]) => boolean) => rows.filter(keep).length;
  for (const one of await listWorkflows(readModel.sql, { limit: 10_000 })) {
    const of = (status: string) => count((row) => row.workflow_id === one.id && row.status === status);
    expect(one).toMatchObject({ completed: of('completed'), in_progress: of('in_progress'), blocked: of('blocked') });
    expect(one.total).toBe(count((row) => row.workflow_id === one.id));
  }
  const open = new Set((await listWorkflows(readModel.sql, { notOver: true, limit: 10_000 })).map((one) => one.id));
  for (const projectKey of new Set(rows.map(({ project_key }) => project_key))) {
    const free = rows.filter((row) => row.project_key === projectKey && row.ready && row.assigned_to === null && open.has(row.workflow_id));
    expect(ids(await claimableItems(readModel.sql, { projectKey, limit: 10_000 }))).toEqual(ids(free));
  }
  expect(await workCounts(readModel.sql)).toEqual([
    {
      ready: count((row) => row.ready),
      in_progress: count((row) => row.status === 'in_progress'),
      blocked: count((row) => row.status === 'blocked'),
    },
  ]);
});
