import { key, type Members, object, oneOf, optional, orNull, type StreamShape, text, time, uuid } from '../shapes/kinds';
import { workflowStream } from './workflow.decider';
import { WORKFLOW_STATUSES, type WorkflowChanges, type WorkflowEvent } from './workflow.events';

const about = { workflow_id: uuid, project_key: key };
const status = oneOf(WORKFLOW_STATUSES);
const changes: Members<WorkflowChanges> = { name: optional(text), description: optional(orNull(text)), status: optional(status) };

export const workflowShape: StreamShape<WorkflowEvent> = {
  stream: ({ workflow_id }) => workflowStream(workflow_id),
  first: 'WorkflowCreated',
  events: {
    WorkflowCreated: { ...about, name: text, description: orNull(text), status, created_by: text, created_at: time },
    WorkflowChanged: { ...about, changes: object(changes), changed_by: orNull(text), changed_at: time },
  },
};
