import { type Progress, progressOf, type WorkflowState } from '@coord/domain/workflow/index';
import type { WorkflowRow } from '@projections/work/index';

/** A workflow as it goes over the wire (protocol, `Workflow`). */
export type WorkflowView = Omit<WorkflowState, 'workflow_id'> & { id: string; progress: Progress };

export const workflowView = ({ workflow_id: id, ...state }: WorkflowState, progress: Progress): WorkflowView => ({ id, ...state, progress });

export const progressOfRow = ({ total, completed, in_progress, blocked }: WorkflowRow): Progress =>
  progressOf({ total, completed, in_progress, blocked });

/** A workflow of the read model. */
export function workflowRowView(row: WorkflowRow): WorkflowView {
  const { id, project_key, name, description, status, created_by } = row;
  const times = { created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
  return { id, project_key, name, description, status, created_by, ...times, progress: progressOfRow(row) };
}
