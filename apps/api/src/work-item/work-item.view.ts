import { isReady, type WorkItemState } from '@coord/domain/work-item/index';
import type { WorkItemRow } from '@projections/work/index';

/** A work item as it goes over the wire (protocol, `WorkItem`). */
export type WorkItemView = Omit<WorkItemState, 'work_item_id'> & { id: string; ready: boolean };

/** `completed`: those of its dependencies that are. */
export function workItemView({ work_item_id: id, ...state }: WorkItemState, completed: ReadonlySet<string>): WorkItemView {
  return { id, ...state, ready: isReady(state, completed) };
}

/** A work item of the read model. */
export function workItemRowView({ position: _, ...row }: WorkItemRow): WorkItemView {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}
