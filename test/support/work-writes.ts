import type { Api, Json } from './api';

/** A workflow of a project. */
export const workflowIn = (api: Api, project_key: string, more: object = {}): Promise<Json> =>
  api.done('POST', '/workflows', { project_key, name: 'Discovery', created_by: 'A', ...more });

/** A work item of a workflow. */
export const itemOf = (api: Api, workflow: Json, more: object = {}): Promise<Json> =>
  api.done('POST', '/work-items', { workflow_id: workflow.id, project_key: workflow.project_key, title: 'Step', ...more });

const itemIn = async (api: Api, project: string, more: object = {}): Promise<Json> => itemOf(api, await workflowIn(api, project), more);

/** Every write on workflows and work items. */
export const WORK_WRITES = [
  [
    'beginning a workflow',
    async (_: Api, p: string) => ({ method: 'POST', path: '/workflows', body: { project_key: p, name: 'n', created_by: 'A' } }),
  ],
  [
    'changing a workflow',
    async (api: Api, p: string) => ({
      method: 'PATCH',
      path: `/workflows/${(await workflowIn(api, p)).id}`,
      body: { status: 'active', updated_by: 'A' },
    }),
  ],
  [
    'changing nothing of a workflow',
    async (api: Api, p: string) => ({ method: 'PATCH', path: `/workflows/${(await workflowIn(api, p)).id}`, body: { name: 'Discovery' } }),
  ],
  [
    'adding a work item',
    async (api: Api, p: string) => ({
      method: 'POST',
      path: '/work-items',
      body: { workflow_id: (await workflowIn(api, p)).id, project_key: p, title: 't' },
    }),
  ],
  [
    'adding a work item that depends on another',
    async (api: Api, p: string) => {
      const one = await itemIn(api, p);
      return { method: 'POST', path: '/work-items', body: { workflow_id: one.workflow_id, project_key: p, title: 't', depends_on: [one.id] } };
    },
  ],
  [
    'changing a work item',
    async (api: Api, p: string) => ({
      method: 'PATCH',
      path: `/work-items/${(await itemIn(api, p)).id}`,
      body: { status: 'blocked', updated_by: 'A' },
    }),
  ],
  [
    'changing what a work item depends on',
    async (api: Api, p: string) => {
      const one = await itemIn(api, p);
      const two = await itemIn(api, p);
      return { method: 'PATCH', path: `/work-items/${two.id}`, body: { depends_on: [one.id], updated_by: 'A' } };
    },
  ],
  [
    'claiming the next work item',
    async (api: Api, p: string) => {
      await itemIn(api, p);
      return { method: 'POST', path: '/work-items/claim', body: { session_id: 'A', project_key: p } };
    },
  ],
  [
    'claiming the next work item where there is none',
    async (_: Api, p: string) => ({ method: 'POST', path: '/work-items/claim', body: { session_id: 'A', project_key: p } }),
  ],
  [
    'claiming a work item',
    async (api: Api, p: string) => ({ method: 'POST', path: `/work-items/${(await itemIn(api, p)).id}/claim`, body: { session_id: 'A' } }),
  ],
  [
    'handing off a work item',
    async (api: Api, p: string) => ({
      method: 'POST',
      path: `/work-items/${(await itemIn(api, p, { assigned_to: 'A' })).id}/handoff`,
      body: { from_session: 'A', to_session: 'B', note: 'Tests are missing' },
    }),
  ],
] as const;
