import { dice } from '@projections/testing/dice';
import { Api } from '../../../../test/support/api';
import { itemOf, workflowIn } from '../../../../test/support/work-writes';

const roll = dice(11);
/** Of signs that take four bytes each, and that no compression makes shorter. */
const long = (characters: number): string => Array.from({ length: characters }, () => String.fromCodePoint(0x20000 + roll(42_000))).join('');
const key = (): string => long(200);
const path = encodeURIComponent;

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

test('the longest names are taken by every read model and its indexes', async () => {
  const [project, session, other] = [key(), key(), key()];
  await api.done('POST', '/sessions', { session_id: session, machine: key(), user: key(), agent: key(), project_key: project });
  await api.done('POST', `/sessions/${path(session)}/heartbeat`, { action: key(), target: key(), phase: key() });
  for (const resource of [long(4_096), `db:${long(4_093)}`]) await api.claim(project, session, resource);
  await api.done('PUT', `/components/${path(project)}/${path(key())}`, { state: long(64), notes: long(4_000), updated_by: session });
  const references = [long(1_000)];
  await api.message(session, other, { project_key: project, external_id: key(), subject: long(4_000), body: long(20_000), references });
  await api.done('POST', '/todos', { text: long(4_000), project_key: project, created_by_user: key(), assigned_to_user: key() });
  await itemOf(api, await workflowIn(api, project, { name: key(), created_by: session }), { title: long(4_000), assigned_to: session });
  await api.done('PUT', `/tasks/${path(key())}`, { task_name: key(), status: 'in_progress', project_key: project });
  for (const read of ['/status', '/projects', '/history', '/locks', '/messages', '/messages?q=a', '/tasks', '/todos', '/sessions'])
    expect((await api.get(read)).status).toBe(200);
  expect((await api.get('/health')).body).toMatchObject({ status: 'ok' });
});
