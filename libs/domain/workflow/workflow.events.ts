import type { DomainEvent } from '../decider';

export const WORKFLOW_STATUSES = ['planning', 'active', 'blocked', 'completed', 'cancelled'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

/** What a workflow is, without its work items. */
export type WorkflowState = {
  workflow_id: string;
  project_key: string;
  name: string;
  description: string | null;
  status: WorkflowStatus;
  created_by: string;
  created_at: string;
  updated_at: string;
};

/** The fields that a change may set. */
export type WorkflowChanges = Partial<Pick<WorkflowState, 'name' | 'description' | 'status'>>;

export type WorkflowCreated = DomainEvent<'WorkflowCreated', Omit<WorkflowState, 'updated_at'>>;
/** `changes` holds the fields that are different now, and only those. `changed_by` is null where nobody said who. */
export type WorkflowChanged = DomainEvent<
  'WorkflowChanged',
  { workflow_id: string; project_key: string; changes: WorkflowChanges; changed_by: string | null; changed_at: string }
>;
export type WorkflowEvent = WorkflowCreated | WorkflowChanged;
