import { TODO_STATUSES } from '@coord/domain/todo/index';
import { named, nullable, object, TIME, UUID } from '../http/schema';

const NAME = nullable({ type: 'string' });

/** The protocol's `Todo`, for the API's document. */
export const TODO = named(
  'Todo',
  object({
    id: UUID,
    text: { type: 'string' },
    status: { type: 'string', enum: [...TODO_STATUSES] },
    created_by_user: NAME,
    created_by_machine: NAME,
    assigned_to_user: NAME,
    project_key: NAME,
    parent_id: nullable(UUID),
    source: NAME,
    auto: { type: 'boolean' },
    created_at: TIME,
    completed_at: nullable(TIME),
    completed_by: NAME,
  }),
);

export const TODO_EXAMPLE = {
  id: '01939d1c-7a60-7c54-b6b8-8a4f8c2e5d30',
  text: 'Roll out the new config',
  status: 'pending',
  created_by_user: 'howard',
  created_by_machine: 'HOWARD-HOME',
  assigned_to_user: 'mike',
  project_key: 'gururmm',
  parent_id: null,
  source: 'coord skill',
  auto: false,
  created_at: '2026-05-12T15:30:00.000Z',
  completed_at: null,
  completed_by: null,
};
