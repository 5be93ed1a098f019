import { named, nullable, object, TIME } from '../http/schema';

/** The protocol's `Component`, for the API's document. */
export const COMPONENT = named(
  'Component',
  object({
    project_key: { type: 'string' },
    component: { type: 'string' },
    state: { type: 'string' },
    version: nullable({ type: 'string' }),
    notes: nullable({ type: 'string' }),
    updated_by: { type: 'string' },
    updated_at: TIME,
    revision: { type: 'integer', description: 'Counts its changes from 1; for `If-Match`.' },
  }),
);

export const COMPONENT_EXAMPLE = {
  project_key: 'gururmm',
  component: 'server',
  state: 'deployed',
  version: '0.3.0',
  notes: 'credential store live',
  updated_by: 'WORKSHOP/claude-main',
  updated_at: '2026-05-12T15:30:00.000Z',
  revision: 3,
};
