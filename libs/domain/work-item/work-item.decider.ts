import { changedFields } from '../changed-fields';
import type { Decider } from '../decider';
import { invalid, OUTLIVED_KEY, type Problem } from '../problem';
import type { WorkItemChanged, WorkItemChanges, WorkItemEvent, WorkItemState } from './work-item.events';

/** `now` in milliseconds. */
export type WorkItemCommand =
  | { type: 'AddWorkItem'; item: Omit<WorkItemState, 'created_at' | 'updated_at' | 'completed_at' | 'revision'>; now: number }
  /** Undefined fields keep their value. `if_match`: only if this is its revision. Any status may follow any other: people correct mistakes. */
  | { type: 'ChangeWorkItem'; changes: WorkItemChanges; changed_by: string | null; if_match?: number; now: number }
  /** `if_match`: it was chosen as the best item that is ready, as of this revision. */
  | { type: 'ClaimWorkItem'; session_id: string; if_match?: number; now: number }
  | { type: 'HandOffWorkItem'; from_session: string; to_session: string; note: string; message_id: string; now: number };

export const workItemStream = (id: string): string => `workitem-${id}`;

export const workItemDecider: Decider<WorkItemState | null, WorkItemCommand, WorkItemEvent> = { initialState: null, decide, evolve };

/** Pending, and everything that it depends on is completed: `completed` names those of its dependencies that are. */
export const isReady = (item: Pick<WorkItemState, 'status' | 'depends_on'>, completed: ReadonlySet<string>): boolean =>
  item.status === 'pending' && item.depends_on.every((id) => completed.has(id));

function decide(command: WorkItemCommand, item: WorkItemState | null): readonly WorkItemEvent[] | Problem {
  if (command.type === 'AddWorkItem') {
    if (item) return OUTLIVED_KEY;
    const at = new Date(command.now).toISOString();
    const completed_at = command.item.status === 'completed' ? at : null;
    return [{ type: 'WorkItemAdded', data: { ...command.item, created_at: at, completed_at, revision: 1 } }];
  }
  if (!item) return { problem: 'not-found', what: 'work item with this id' };
  switch (command.type) {
    case 'ChangeWorkItem':
      if (command.if_match !== undefined && command.if_match !== item.revision)
        return { problem: 'revision-conflict', current_revision: item.revision };
      return changed(item, command.changes, command.changed_by, command.now);
    case 'ClaimWorkItem':
      return claim(item, command);
    case 'HandOffWorkItem':
      return handOff(item, command);
  }
}

function claim(item: WorkItemState, { session_id, if_match, now }: WorkItemCommand & { type: 'ClaimWorkItem' }): readonly WorkItemEvent[] | Problem {
  const over = item.status === 'completed' || item.status === 'cancelled' ? item.status : null;
  const isAnothers = item.assigned_to !== null && item.assigned_to !== session_id;
  if (over || isAnothers) return { problem: 'work-item-taken', assigned_to: item.assigned_to, over };
  if (if_match !== undefined && if_match !== item.revision) return { problem: 'revision-conflict', current_revision: item.revision };
  return changed(item, { status: 'in_progress', assigned_to: session_id }, session_id, now, { reason: 'claimed' });
}

/** Only whoever has it hands it off; what nobody has may be given to someone. */
function handOff(item: WorkItemState, command: WorkItemCommand & { type: 'HandOffWorkItem' }): readonly WorkItemEvent[] | Problem {
  const { from_session, to_session, note, message_id, now } = command;
  if (to_session === from_session) return invalid('to_session', 'must be another session');
  const { assigned_to } = item;
  if (assigned_to !== null && assigned_to !== from_session) return { problem: 'work-item-taken', assigned_to, over: null };
  const handoff = { to_session, message_id, title: item.title };
  return changed(item, { assigned_to: to_session }, from_session, now, { reason: 'handed_off', note, handoff });
}

function changed(
  item: WorkItemState,
  wanted: WorkItemChanges,
  changed_by: string | null,
  now: number,
  why: Pick<WorkItemChanged['data'], 'reason' | 'note' | 'handoff'> = {},
): WorkItemChanged[] {
  const changed_at = new Date(now).toISOString();
  const changes: WorkItemChanged['data']['changes'] = changedFields(item, wanted);
  if (Object.keys(changes).length === 0) return [];
  if (changes.status === 'completed') changes.completed_at = changed_at;
  else if (changes.status !== undefined && item.completed_at !== null) changes.completed_at = null;
  const { work_item_id, workflow_id, project_key } = item;
  const data = { work_item_id, workflow_id, project_key, changes, changed_by, changed_at, revision: item.revision + 1, ...why };
  return [{ type: 'WorkItemChanged', data }];
}

function evolve(item: WorkItemState | null, event: WorkItemEvent): WorkItemState | null {
  if (event.type === 'WorkItemAdded') return { ...event.data, updated_at: event.data.created_at };
  const { changes, changed_at, revision } = event.data;
  return item && { ...item, ...changes, updated_at: changed_at, revision };
}
