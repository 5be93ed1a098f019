import { WORKFLOW_STATUSES } from '@coord/domain/workflow/index';
import { arrayOf, named, nullable, object, TIME, UUID } from '../http/schema';
import { WORK_ITEM } from '../work-item/work-item.schema';

const COUNT = { type: 'integer', minimum: 0 };

const MEMBERS = {
  id: UUID,
  project_key: { type: 'string' },
  name: { type: 'string' },
  description: nullable({ type: 'string' }),
  status: { type: 'string', enum: [...WORKFLOW_STATUSES] },
  created_by: { type: 'string' },
  created_at: TIME,
  updated_at: TIME,
  progress: object({
    total: { ...COUNT, description: 'Its work items, whatever their status.' },
    completed: COUNT,
    in_progress: COUNT,
    blocked: COUNT,
    percent: { type: 'integer', minimum: 0, maximum: 100, description: 'Completed of all, rounded down; 0 when there are none.' },
  }),
};

/** The protocol's `Workflow`, for the API's document. */
export const WORKFLOW = named('Workflow', object(MEMBERS));
export const WHOLE_WORKFLOW = named(
  'WholeWorkflow',
  object({
    ...MEMBERS,
    work_items: { ...arrayOf(WORK_ITEM), maxItems: 500, description: 'Higher priority first, then older first; the first 500 of them.' },
  }),
);

export const WORKFLOW_EXAMPLE = {
  id: '019e1c62-7c40-7a31-9d0e-5a1b2c3d4e70',
  project_key: 'gururmm',
  name: 'Network discovery, phase 1',
  description: 'TCP probe scanner, DB layer, API, dashboard',
  status: 'active',
  created_by: 'WORKSHOP/claude-main',
  created_at: '2026-05-12T15:30:00.000Z',
  updated_at: '2026-05-12T15:30:00.000Z',
  progress: { total: 8, completed: 2, in_progress: 1, blocked: 1, percent: 25 },
};
