import type { Api, Json } from './api';
import { WORK_WRITES } from './work-writes';

/** One write over HTTP, by the session `A` unless it says otherwise. */
export interface Write {
  method: string;
  path: string;
  body?: object;
}

/** Makes what a write needs, in a project of its own, and gives the write. */
export type Prepare = (api: Api, project: string) => Promise<Write>;

const lock = async (api: Api, project_key: string): Promise<Json> => api.claim(project_key, `A`, `r/${project_key}`);
const message = (api: Api, more: object = {}) => api.message('B', `A`, more);

/** A task whose gate has passed, and its path. */
const task = async (api: Api, project_key: string): Promise<string> => {
  const path = `/tasks/t-${project_key}`;
  await api.done('PUT', path, { task_name: 'T', status: 'in_progress', project_key, quality_gates: { mypy: { status: 'passed' } } });
  return path;
};

/** Every write of the API, and those of which a repetition or a no-op is something of its own. */
export const WRITES: readonly (readonly [string, Prepare])[] = [
  ['claiming', async (_, p) => ({ method: 'POST', path: '/locks', body: { project_key: p, session_id: 'A', resource: 'a' } })],
  [
    'claiming again',
    async (api, p) => ({ method: 'POST', path: '/locks', body: { project_key: p, session_id: 'A', resource: (await lock(api, p)).resource } }),
  ],
  ['claiming a batch', async (_, p) => ({ method: 'POST', path: '/locks/batch', body: { project_key: p, session_id: 'A', resources: ['a', 'b'] } })],
  ['renewing', async (api, p) => ({ method: 'POST', path: `/locks/${(await lock(api, p)).id}/renew`, body: { session_id: 'A' } })],
  ['releasing', async (api, p) => ({ method: 'DELETE', path: `/locks/${(await lock(api, p)).id}`, body: { session_id: 'A' } })],
  [
    'releasing what has ended',
    async (api, p) => {
      const { id } = await lock(api, p);
      await api.done('DELETE', `/locks/${id}?session_id=A`);
      return { method: 'DELETE', path: `/locks/${id}`, body: { session_id: 'A' } };
    },
  ],
  [
    'breaking',
    async (api, p) => ({ method: 'POST', path: `/locks/${(await api.claim(p, 'B', 'a')).id}/break`, body: { session_id: 'A', reason: 'urgent' } }),
  ],
  [
    'breaking what has ended',
    async (api, p) => {
      const { id } = await lock(api, p);
      await api.done('DELETE', `/locks/${id}?session_id=A`);
      return { method: 'POST', path: `/locks/${id}/break`, body: { session_id: 'A', reason: 'urgent' } };
    },
  ],
  [
    'releasing all in a project',
    async (api, p) => {
      await lock(api, p);
      return { method: 'DELETE', path: '/locks', body: { session_id: 'A', release_all: true, project_key: p } };
    },
  ],
  [
    'releasing all in all projects',
    async (api, p) => {
      for (const project of [p, `${p} too`]) await api.claim(project, `A ${p}`, 'a');
      return { method: 'DELETE', path: '/locks', body: { session_id: `A ${p}`, release_all: true } };
    },
  ],
  ['releasing all of nothing', async (_, p) => ({ method: 'DELETE', path: '/locks', body: { session_id: `none ${p}`, release_all: true } })],
  [
    'updating a component',
    async (_, p) => ({ method: 'PUT', path: '/components', body: { project_key: p, component: 'c', state: 's', updated_by: 'A' } }),
  ],
  ['updating a component by its path', async (_, p) => ({ method: 'PUT', path: `/components/${p}/c`, body: { state: 's', updated_by: 'A' } })],
  [
    'updating a component to what it is',
    async (api, p) => {
      const write = { method: 'PUT', path: `/components/${p}/c`, body: { state: 's', updated_by: 'A' } };
      await api.done(write.method, write.path, write.body);
      return write;
    },
  ],
  [
    'sending',
    async (_, p) => ({ method: 'POST', path: '/messages', body: { from_session: 'A', to_session: 'B', project_key: p, subject: 's', body: 'b' } }),
  ],
  [
    'sending under an external id that is there',
    async (api, p) => {
      await message(api, { project_key: p, external_id: 'e' });
      return { method: 'POST', path: '/messages', body: { from_session: 'A', project_key: p, external_id: 'e', subject: 'other', body: 'b' } };
    },
  ],
  ['reading', async (api) => ({ method: 'PUT', path: `/messages/${(await message(api)).id}/read`, body: { session_id: 'A' } })],
  ['reading without a session', async (api) => ({ method: 'PUT', path: `/messages/${(await message(api)).id}/read` })],
  [
    'reading what was read',
    async (api) => {
      const { id } = await message(api);
      await api.done('PUT', `/messages/${id}/read`, { session_id: 'A' });
      return { method: 'PUT', path: `/messages/${id}/read`, body: { session_id: 'A' } };
    },
  ],
  [
    'reading several',
    async (api) => ({ method: 'PUT', path: '/messages/read', body: { session_id: 'A', ids: [(await message(api)).id, (await message(api)).id] } }),
  ],
  [
    'reading all',
    async (api, p) => {
      await api.message('B', `A ${p}`);
      return { method: 'PUT', path: '/messages/read', body: { session_id: `A ${p}`, all: true } };
    },
  ],
  ['registering', async (_, p) => ({ method: 'POST', path: '/sessions', body: { session_id: `A ${p}`, project_key: p } })],
  [
    'registering again',
    async (api) => {
      await api.done('POST', '/sessions', { session_id: 'A' });
      return { method: 'POST', path: '/sessions', body: { session_id: 'A' } };
    },
  ],
  ['a heartbeat', async (_, p) => ({ method: 'POST', path: '/sessions/A/heartbeat', body: { action: p, progress: '25%' } })],
  [
    'a heartbeat that says nothing new',
    async (api) => {
      const write = { method: 'POST', path: '/sessions/A/heartbeat', body: { action: 'building' } };
      await api.done(write.method, write.path, write.body);
      return write;
    },
  ],
  [
    'ending',
    async (api) => {
      await api.done('POST', '/sessions', { session_id: 'A' });
      return { method: 'POST', path: '/sessions/A/end' };
    },
  ],
  ['acknowledging', async (api) => ({ method: 'PUT', path: `/messages/${(await message(api)).id}/ack`, body: { session_id: 'A' } })],
  ['putting a task', async (_, p) => ({ method: 'PUT', path: `/tasks/t-${p}`, body: { task_name: 'T', status: 'planning', session_id: 'A' } })],
  [
    'putting a task as it is',
    async (api, p) => ({ method: 'PUT', path: await task(api, p), body: { ...(await api.get(await task(api, p))).body, session_id: 'A' } }),
  ],
  ['changing a task', async (api, p) => ({ method: 'PATCH', path: await task(api, p), body: { phase: 'testing', session_id: 'A' } })],
  ['taking a step', async (api, p) => ({ method: 'POST', path: `${await task(api, p)}/steps`, body: { completed: 'x', session_id: 'A' } })],
  ['recording an artifact', async (api, p) => ({ method: 'POST', path: `${await task(api, p)}/artifacts`, body: { path: 'a.py', session_id: 'A' } })],
  [
    'reporting a gate',
    async (api, p) => ({
      method: 'POST',
      path: `${await task(api, p)}/quality-gates`,
      body: { name: 'mypy', status: 'failed', errors: 2, session_id: 'A' },
    }),
  ],
  ['blocking a task', async (api, p) => ({ method: 'POST', path: `${await task(api, p)}/blockers`, body: { reason: 'x', session_id: 'A' } })],
  [
    'unblocking a task',
    async (api, p) => {
      const path = await task(api, p);
      await api.done('POST', `${path}/blockers`, { reason: 'x' });
      return { method: 'POST', path: `${path}/unblock`, body: { session_id: 'A' } };
    },
  ],
  ['unblocking what is not blocked', async (api, p) => ({ method: 'POST', path: `${await task(api, p)}/unblock`, body: { session_id: 'A' } })],
  ['completing a task', async (api, p) => ({ method: 'POST', path: `${await task(api, p)}/complete`, body: { session_id: 'A' } })],
  ...WORK_WRITES,
];
