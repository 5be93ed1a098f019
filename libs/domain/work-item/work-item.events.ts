import type { DomainEvent } from '../decider';

export const WORK_ITEM_STATUSES = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;
export type WorkItemStatus = (typeof WORK_ITEM_STATUSES)[number];

/** A step of a workflow. `revision` counts its changes from 1. */
export type WorkItemState = {
  work_item_id: string;
  workflow_id: string;
  project_key: string;
  title: string;
  description: string | null;
  status: WorkItemStatus;
  priority: number;
  assigned_to: string | null;
  /** Work items of the same project. */
  depends_on: string[];
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  revision: number;
};

/** The fields that a change may set. */
export type WorkItemChanges = Partial<Pick<WorkItemState, 'title' | 'description' | 'status' | 'priority' | 'assigned_to' | 'depends_on'>>;

export type WorkItemAdded = DomainEvent<'WorkItemAdded', Omit<WorkItemState, 'updated_at'>>;

/**
 * `changes` holds the fields that are different now, and only those; with a status that becomes or ceases to be completed also
 * `completed_at`. `changed_by` is null where nobody said who. `reason` says what it was where it was more than an edit.
 */
export type WorkItemChanged = DomainEvent<
  'WorkItemChanged',
  {
    work_item_id: string;
    workflow_id: string;
    project_key: string;
    changes: WorkItemChanges & { completed_at?: string | null };
    changed_by: string | null;
    changed_at: string;
    revision: number;
    reason?: 'claimed' | 'handed_off';
    /** Of a handoff: what the receiver is told, and the id and subject of the message that tells it. */
    note?: string;
    handoff?: { to_session: string; message_id: string; title: string };
  }
>;
export type WorkItemEvent = WorkItemAdded | WorkItemChanged;
