import { Api, idsOf, type Json, listOf } from '../../../../test/support/api';
import { itemOf, workflowIn } from '../../../../test/support/work-writes';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const patch = (item: Json, body: object, headers?: Record<string, string>) => api.call('PATCH', `/work-items/${item.id}`, { body, headers });
const typesIn = async (stream: string) => (await api.store.readStream(stream)).map(({ type }) => type);
/** A workflow in a project of its own, and a way to add items to it. */
async function scene() {
  const p = api.name('p');
  const workflow = await workflowIn(api, p);
  return { p, workflow, add: (more: object = {}) => itemOf(api, workflow, more) };
}

describe('what a work item is', () => {
  test('is answered alike by the write and by every read', async () => {
    const { p, workflow, add } = await scene();
    const one = await add();
    const two = await add({ depends_on: [one.id], description: 'd', priority: 3, assigned_to: 'B' });
    expect(two).toMatchObject({ ready: false, revision: 1, completed_at: null });
    expect((await api.get(`/work-items/${two.id}`)).body).toEqual(two);
    expect(listOf((await api.get(`/work-items?project_key=${p}`)).body)).toEqual([two, one]);
    expect((await api.get(`/workflows/${workflow.id}`)).body).toMatchObject({ progress: { total: 2 }, work_items: [two, one] });
    await patch(one, { status: 'completed' });
    expect((await patch(two, { title: 'u' })).body).toMatchObject({ ready: true, revision: 2 });
    expect((await api.get(`/work-items/${two.id}`)).body).toMatchObject({ ready: true, title: 'u' });
  });
  test('names dependencies once, in lower case', async () => {
    const { add } = await scene();
    const one = await add();
    expect(await add({ depends_on: [String(one.id).toUpperCase(), one.id] })).toMatchObject({ depends_on: [one.id] });
  });
  test('changes only for the revision that the caller has seen, also what it depends on', async () => {
    const { p, add } = await scene();
    const [one, two] = [await add(), await add()];
    await patch(two, { priority: 1 });
    const before = await api.store.head();
    for (const body of [{ priority: 2 }, { depends_on: [one.id] }])
      expect((await patch(two, body, { 'If-Match': '"1"' })).body).toMatchObject({ status: 412, current_revision: 2 });
    expect(await api.store.head()).toBe(before);
    expect(await typesIn(`workgraph-${p}`)).toEqual([]);
  });
});

describe('what it may belong to and depend on', () => {
  test.each([
    ['a workflow that is none', async () => ({ workflow_id: UNKNOWN }), 'workflow_id'],
    ['a workflow of another project', async () => ({ workflow_id: (await scene()).workflow.id }), 'workflow_id'],
    ['an item that is none', async () => ({ depends_on: [UNKNOWN] }), 'depends_on'],
    ['an item of another project', async () => ({ depends_on: [(await (await scene()).add()).id] }), 'depends_on'],
    ['what is no id', async () => ({ depends_on: ['x'] }), 'depends_on[0]'],
  ])('is not %s, and nothing is written then', async (_, more, field) => {
    const { p, workflow } = await scene();
    const body = { workflow_id: workflow.id, project_key: p, title: 't', ...(await more()) };
    const before = await api.store.head();
    expect((await api.call('POST', '/work-items', { body })).body).toMatchObject({ status: 422, errors: [{ field }] });
    expect(await api.store.head()).toBe(before);
  });
  test('makes no cycle, and says which it would be', async () => {
    const { add } = await scene();
    const one = await add();
    const two = await add({ depends_on: [one.id] });
    const three = await add({ depends_on: [two.id] });
    const before = await api.store.head();
    expect((await patch(one, { depends_on: [three.id] })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'depends_on', message: expect.stringContaining([one.id, three.id, two.id, one.id].join(' needs ')) }],
    });
    expect(await api.store.head()).toBe(before);
  });
  test('may be turned round once it was given up', async () => {
    const { add } = await scene();
    const one = await add();
    const two = await add({ depends_on: [one.id] });
    await patch(two, { depends_on: [] });
    expect((await patch(one, { depends_on: [two.id] })).status).toBe(200);
    expect((await patch(two, { depends_on: [one.id] })).status).toBe(422);
  });
  test('of ten changes at once that make one ring, nine are taken', async () => {
    const { add } = await scene();
    const items: Json[] = [];
    for (let n = 0; n < 10; n += 1) items.push(await add());
    const answers = await Promise.all(items.map((item, i) => patch(item, { depends_on: [items[(i + 1) % 10]?.id] })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 9 }, () => 200), 422]);
  });
  test('of two changes of one item at once the later one stands, and neither is lost on the way', async () => {
    const { add } = await scene();
    const [one, two, three] = [await add(), await add(), await add()];
    const answers = await Promise.all([patch(three, { depends_on: [one.id] }), patch(three, { depends_on: [two.id] })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await api.get(`/work-items/${three.id}`);
    expect(body.revision).toBe(3);
    const [dependency] = listOf(body.depends_on);
    expect((await patch(dependency === one.id ? one : two, { depends_on: [three.id] })).status).toBe(422);
  });
});

test('any status may follow any other, and the log keeps the way and who went it', async () => {
  const { p, add } = await scene();
  const item = await add();
  await patch(item, { status: 'completed', updated_by: 'B' });
  expect((await patch(item, { status: 'blocked', updated_by: 'C' })).body).toMatchObject({ completed_at: null });
  await api.done('POST', `/work-items/${item.id}/claim`, { session_id: 'D' });
  const way = listOf((await api.get(`/history?project_key=${p}&type=WorkItemChanged`)).body);
  expect(way.map(({ actor, data }) => [actor, data?.changes?.status, data?.reason])).toEqual([
    ['B', 'completed', undefined],
    ['C', 'blocked', undefined],
    ['D', 'in_progress', 'claimed'],
  ]);
});

test('pages join up while items arrive', async () => {
  const { p, add } = await scene();
  const made: Json[] = [];
  for (const priority of [0, 5, 0, 5, 9]) made.push(await add({ priority }));
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await api.get(`/work-items?project_key=${p}&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...idsOf(body.items));
    cursor = body.next_cursor as unknown as string | null;
    if (seen.length < 6) await add({ priority: 7 });
  }
  const shown = made.map(({ id }) => String(id));
  expect(new Set(seen).size).toBe(seen.length);
  expect(shown.filter((id) => !seen.includes(id))).toEqual([]);
});

test('a workflow tells how far its items are, also in the answer to a change', async () => {
  const { workflow, add } = await scene();
  for (const status of ['completed', 'blocked', 'cancelled']) await add({ status });
  const progress = { total: 3, completed: 1, in_progress: 0, blocked: 1, percent: 33 };
  expect(await api.done('PATCH', `/workflows/${workflow.id}`, { status: 'active', updated_by: 'B' })).toMatchObject({ status: 'active', progress });
  expect((await api.get(`/workflows/${workflow.id}`)).body).toMatchObject({ progress });
});
