import { WORK_ITEM_STATUSES } from '@coord/domain/work-item/index';
import { arrayOf, named, nullable, object, TIME, UUID } from '../http/schema';

/** The protocol's `WorkItem`, for the API's document. */
export const WORK_ITEM = named(
  'WorkItem',
  object({
    id: UUID,
    workflow_id: UUID,
    project_key: { type: 'string' },
    title: { type: 'string' },
    description: nullable({ type: 'string' }),
    status: { type: 'string', enum: [...WORK_ITEM_STATUSES] },
    priority: { type: 'integer', description: 'Higher comes first.' },
    assigned_to: nullable({ type: 'string' }),
    depends_on: arrayOf(UUID),
    ready: { type: 'boolean', description: 'Pending, and everything that it depends on is completed.' },
    created_at: TIME,
    updated_at: TIME,
    completed_at: nullable(TIME),
    revision: { type: 'integer', description: 'Counts its changes from 1; for `If-Match`.' },
  }),
);

export const WORK_ITEM_EXAMPLE = {
  id: '019e1c62-7c40-7a31-9d0e-5a1b2c3d4e71',
  workflow_id: '019e1c62-7c40-7a31-9d0e-5a1b2c3d4e70',
  project_key: 'gururmm',
  title: 'Write migrations 017-019 for discovery tables',
  description: null,
  status: 'pending',
  priority: 10,
  assigned_to: null,
  depends_on: [],
  ready: true,
  created_at: '2026-05-12T15:30:00.000Z',
  updated_at: '2026-05-12T15:30:00.000Z',
  completed_at: null,
  revision: 1,
};

export const CLAIMED_EXAMPLE = {
  ...WORK_ITEM_EXAMPLE,
  status: 'in_progress',
  assigned_to: 'WORKSHOP/claude-main',
  ready: false,
  updated_at: '2026-05-12T15:31:00.000Z',
  revision: 2,
};
