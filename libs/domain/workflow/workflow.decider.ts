import { changedFields } from '../changed-fields';
import type { Decider } from '../decider';
import { OUTLIVED_KEY, type Problem } from '../problem';
import type { WorkflowChanges, WorkflowEvent, WorkflowState } from './workflow.events';

/** `now` in milliseconds. Any status may follow any other. */
export type WorkflowCommand =
  | { type: 'CreateWorkflow'; workflow: Omit<WorkflowState, 'created_at' | 'updated_at'>; now: number }
  /** Fields that are undefined keep their value; null clears the description. */
  | { type: 'ChangeWorkflow'; changes: WorkflowChanges; changed_by: string | null; now: number };

export const workflowStream = (id: string): string => `workflow-${id}`;

export const workflowDecider: Decider<WorkflowState | null, WorkflowCommand, WorkflowEvent> = {
  initialState: null,
  decide(command, workflow): readonly WorkflowEvent[] | Problem {
    const at = new Date(command.now).toISOString();
    if (command.type === 'CreateWorkflow')
      return workflow ? OUTLIVED_KEY : [{ type: 'WorkflowCreated', data: { ...command.workflow, created_at: at } }];
    if (!workflow) return { problem: 'not-found', what: 'workflow with this id' };
    const changes = changedFields(workflow, command.changes);
    if (Object.keys(changes).length === 0) return [];
    const { workflow_id, project_key } = workflow;
    return [{ type: 'WorkflowChanged', data: { workflow_id, project_key, changes, changed_by: command.changed_by, changed_at: at } }];
  },
  evolve(workflow, event) {
    if (event.type === 'WorkflowCreated') return { ...event.data, updated_at: event.data.created_at };
    return workflow && { ...workflow, ...event.data.changes, updated_at: event.data.changed_at };
  },
};
