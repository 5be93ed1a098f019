import { integer, key, listOf, type Members, object, oneOf, optional, orNull, revision, type StreamShape, text, time, uuid } from '../shapes/kinds';
import { type WorkGraphEvent, workGraphStream } from './work-graph.decider';
import { workItemStream } from './work-item.decider';
import { WORK_ITEM_STATUSES, type WorkItemChanged, type WorkItemEvent } from './work-item.events';

const about = { work_item_id: uuid, workflow_id: uuid, project_key: key };
const status = oneOf(WORK_ITEM_STATUSES);
const priority = integer(-1_000_000_000, 1_000_000_000);
const changes: Members<WorkItemChanged['data']['changes']> = {
  ...{ title: optional(text), description: optional(orNull(text)), status: optional(status), priority: optional(priority) },
  ...{ assigned_to: optional(orNull(key)), depends_on: optional(listOf(uuid)), completed_at: optional(orNull(time)) },
};

export const workItemShape: StreamShape<WorkItemEvent> = {
  stream: ({ work_item_id }) => workItemStream(work_item_id),
  first: 'WorkItemAdded',
  events: {
    WorkItemAdded: {
      ...{ ...about, title: text, description: orNull(text), status, priority, assigned_to: orNull(key) },
      ...{ depends_on: listOf(uuid), created_at: time, completed_at: orNull(time), revision },
    },
    WorkItemChanged: {
      ...{ ...about, changes: object(changes), changed_by: orNull(text), changed_at: time, revision },
      ...{ reason: optional(oneOf(['claimed', 'handed_off'])), note: optional(text) },
      handoff: optional(object({ to_session: key, message_id: uuid, title: text })),
    },
  },
};

const dependencies = { project_key: key, work_item_id: uuid, revision: integer(0, 1_000_000_000), depends_on: listOf(uuid) };

export const workGraphShape: StreamShape<WorkGraphEvent> = {
  stream: ({ project_key }) => workGraphStream(project_key),
  events: {
    WorkDependenciesSet: { ...dependencies, held: listOf(uuid), set_at: time },
    WorkDependenciesSettled: { ...dependencies, settled_at: time },
  },
};
