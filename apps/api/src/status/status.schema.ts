import { COMPONENT, COMPONENT_EXAMPLE } from '../component/component.schema';
import { arrayOf, named, object, TIME } from '../http/schema';
import { LOCK, LOCK_EXAMPLE } from '../lock/lock.schema';
import { MESSAGE } from '../message/message.schema';
import { SESSION, SESSION_EXAMPLE } from '../session/session.schema';
import { WORKFLOW, WORKFLOW_EXAMPLE } from '../workflow/workflow.schema';

const COUNT = { type: 'integer', minimum: 0 };

/** The protocol's board, for the API's document. */
export const BOARD = named(
  'Board',
  object({
    generated_at: { ...TIME, description: 'The moment of the board. As `at`, it gives the same board again.' },
    position: { type: 'integer', minimum: 0, description: 'The log position that the board reflects.' },
    locks: { ...arrayOf(LOCK), description: 'Active locks, oldest first, 500 at most.' },
    stale_locks: { ...arrayOf(LOCK), description: 'Those among them that are stale.' },
    components: { ...arrayOf(COMPONENT), description: 'The 50 that changed last.' },
    workflows: { ...arrayOf(WORKFLOW), description: 'Those that are not over, oldest first, 500 at most.' },
    sessions: { ...arrayOf(SESSION), description: 'Those that have not ended, latest sign first, 500 at most, with what they hold in any project.' },
    unread_messages: COUNT,
    work: object({ ready: COUNT, in_progress: COUNT, blocked: COUNT }),
    blockers: { ...arrayOf(MESSAGE), description: 'Messages of type blocker without a response, oldest first, 500 at most.' },
  }),
);

export const BOARD_EXAMPLE = {
  generated_at: '2026-05-12T15:30:00.000Z',
  position: 42,
  locks: [LOCK_EXAMPLE],
  stale_locks: [],
  components: [COMPONENT_EXAMPLE],
  workflows: [WORKFLOW_EXAMPLE],
  sessions: [SESSION_EXAMPLE],
  unread_messages: 1,
  work: { ready: 5, in_progress: 1, blocked: 1 },
  blockers: [],
};
