import { Api, idsOf, type Json, listOf } from '../../../../test/support/api';
import { until } from '../../../../test/support/until';
import { itemOf, workflowIn } from '../../../../test/support/work-writes';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const claimNext = (project_key: string, session_id: string, more: object = {}, headers?: Record<string, string>) =>
  api.call('POST', '/work-items/claim', { body: { project_key, session_id, ...more }, headers });
async function scene(items: object[] = []) {
  const p = api.name('p');
  const workflow = await workflowIn(api, p);
  const made: Json[] = [];
  for (const more of items) made.push(await itemOf(api, workflow, more));
  return { p, workflow, items: made, ids: made.map(({ id }) => id) };
}

describe('claiming the next item', () => {
  test('gives forty callers at once forty different items, best first, and tells the others that there is none', async () => {
    const { p, ids } = await scene(Array.from({ length: 40 }, (_, n) => ({ priority: -n })));
    const answers = await Promise.all(Array.from({ length: 45 }, (_, n) => claimNext(p, `S${n}`)));
    const taken = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
    expect(answers.filter(({ status, text }) => status === 204 && text === '')).toHaveLength(5);
    expect(taken.toSorted()).toEqual(ids.toSorted());
  });
  test('sees a dependency that was completed just before', async () => {
    const { p, items, workflow } = await scene([{}]);
    const next = await itemOf(api, workflow, { depends_on: [items[0]?.id], priority: 9 });
    expect((await claimNext(p, 'A')).body.id).toBe(items[0]?.id);
    expect((await claimNext(p, 'B')).status).toBe(204);
    await api.done('PATCH', `/work-items/${items[0]?.id}`, { status: 'completed' });
    expect((await claimNext(p, 'B')).body).toMatchObject({ id: next.id, status: 'in_progress', assigned_to: 'B', ready: false });
  });
  test('under a key gives the item again when all were taken since, and the next only under another key', async () => {
    const { p, ids } = await scene([{}, {}]);
    const first = await claimNext(p, 'A', {}, { 'Idempotency-Key': 'one' });
    await api.done('PATCH', `/work-items/${first.body.id}`, { status: 'pending', assigned_to: null });
    const again = await claimNext(p, 'A', {}, { 'Idempotency-Key': 'one' });
    expect([again.status, again.text]).toEqual([200, first.text]);
    const others = [await claimNext(p, 'A', {}, { 'Idempotency-Key': 'two' }), await claimNext(p, 'A', {}, { 'Idempotency-Key': 'three' })];
    expect(others.map(({ body }) => body.id).toSorted()).toEqual(ids.toSorted());
  });
  test('under a key that found nothing finds nothing again', async () => {
    const { p, workflow } = await scene();
    expect((await claimNext(p, 'A', {}, { 'Idempotency-Key': 'none' })).status).toBe(204);
    await itemOf(api, workflow);
    expect((await claimNext(p, 'A', {}, { 'Idempotency-Key': 'none' })).status).toBe(204);
    expect((await claimNext(p, 'A')).status).toBe(200);
  });
  test('of many keys at once, each many times, gives each key one item of its own', async () => {
    const { p } = await scene(Array.from({ length: 8 }, () => ({})));
    const keys = Array.from({ length: 32 }, (_, n) => `k${n % 8}`);
    const answers = await Promise.all(keys.map((key) => claimNext(p, 'A', {}, { 'Idempotency-Key': key })));
    const byKey = new Map(keys.map((key) => [key, new Set(answers.filter((_, i) => keys[i] === key).map(({ text }) => text))]));
    expect([...byKey.values()].map(({ size }) => size)).toEqual(Array.from({ length: 8 }, () => 1));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(8);
    expect(listOf((await api.get(`/work-items?project_key=${p}&status=in_progress`)).body)).toHaveLength(8);
  });
  test('goes past what a workflow that is over has left, also within it; one item of it may still be claimed', async () => {
    const { p, workflow, ids } = await scene([{ priority: 9 }, {}]);
    const other = await itemOf(api, await workflowIn(api, p));
    for (const status of ['cancelled', 'completed']) {
      await api.done('PATCH', `/workflows/${workflow.id}`, { status });
      expect((await claimNext(p, 'A', { workflow_id: workflow.id })).status).toBe(204);
    }
    expect((await claimNext(p, 'A')).body.id).toBe(other.id);
    expect((await claimNext(p, 'A')).status).toBe(204);
    expect(idsOf((await api.get(`/work-items?project_key=${p}&ready=true`)).body)).toEqual(ids);
    expect((await api.call('POST', `/work-items/${ids[1]}/claim`, { body: { session_id: 'A' } })).status).toBe(200);
    await api.done('PATCH', `/workflows/${workflow.id}`, { status: 'active' });
    expect((await claimNext(p, 'A')).body.id).toBe(ids[0]);
  });
  test('within a workflow that is none is refused', async () => {
    const { p } = await scene();
    expect((await claimNext(p, 'A', { workflow_id: UNKNOWN })).body).toMatchObject({ status: 422, errors: [{ field: 'workflow_id' }] });
  });
});

describe('claiming one item', () => {
  test('again is answered again, and written once', async () => {
    const { ids } = await scene([{}]);
    const claim = () => api.call('POST', `/work-items/${ids[0]}/claim`, { body: { session_id: 'A' } });
    const [first, second] = [await claim(), await claim()];
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect((await api.store.readStream(`workitem-${ids[0]}`)).map(({ type }) => type)).toEqual(['WorkItemAdded', 'WorkItemChanged']);
  });
  test('that is over is refused, whoever had it', async () => {
    const { ids } = await scene([{ status: 'completed' }]);
    const answer = await api.call('POST', `/work-items/${ids[0]}/claim`, { body: { session_id: 'A' } });
    expect(answer.body).toMatchObject({ status: 409, type: 'urn:coord:problem:work-item-taken', assigned_to: null });
  });
});

describe('a handoff', () => {
  const handOff = (id: unknown, more: object = {}) =>
    api.call('POST', `/work-items/${id}/handoff`, { body: { from_session: 'A', to_session: 'B', note: 'Tests are missing', ...more } });

  test('reassigns, and tells the receiver what it is about', async () => {
    const receiver = api.name('B');
    const { p, ids } = await scene([{ title: 'Scan', assigned_to: 'A', status: 'in_progress' }]);
    expect((await handOff(ids[0], { to_session: receiver })).body).toMatchObject({ assigned_to: receiver, status: 'in_progress', revision: 2 });
    expect(listOf((await api.get(`/messages?to_session=${receiver}`)).body)).toMatchObject([
      { from_session: 'A', project_key: p, subject: 'Handed off to you: Scan', body: 'Tests are missing', type: 'directive', references: [ids[0]] },
    ]);
  });
  test('of what another has is refused, and tells no one', async () => {
    const { ids } = await scene([{ assigned_to: 'C' }]);
    const before = await api.store.head();
    expect((await handOff(ids[0])).body).toMatchObject({ status: 409, assigned_to: 'C' });
    expect(await api.store.head()).toBe(before);
  });
  test.each(['A', 'ALL', 'broadcast'])('to %s is refused', async (to_session) => {
    const { ids } = await scene([{}]);
    expect((await handOff(ids[0], { to_session })).body).toMatchObject({ status: 422, errors: [{ field: 'to_session' }] });
  });
  test('whose process died before the receiver was told is finished by the policy', async () => {
    const { p, items } = await scene([{ title: 'Scan' }]);
    const { id, workflow_id } = items[0] as Json;
    const receiver = api.name('B');
    const message_id = '00000000-0000-7000-8000-00000000abcd';
    const data = {
      ...{ work_item_id: String(id), workflow_id: String(workflow_id), project_key: p, changes: { assigned_to: receiver }, changed_by: 'A' },
      ...{
        changed_at: '2026-05-12T12:00:00.000Z',
        revision: 2,
        reason: 'handed_off',
        note: 'n',
        handoff: { to_session: receiver, message_id, title: 'Scan' },
      },
    };
    const metadata = { actor: 'A', at: data.changed_at, project_key: p, causation_id: null, correlation_id: null, schema: 1 };
    const event = { id: '00000000-0000-7000-8000-00000000dcba', type: 'WorkItemChanged', data, metadata };
    await api.store.append([{ stream: `workitem-${id}`, expected: 0, events: [event] }]);
    await until('the receiver is told', async () => idsOf((await api.get(`/messages?to_session=${receiver}`)).body).length === 1);
    expect((await api.get(`/messages/${message_id}`)).body).toMatchObject({ from_session: 'A', to_session: receiver, body: 'n' });
  });
});
