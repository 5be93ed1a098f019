import { join } from 'node:path';
import type { WorkItemEvent } from '@coord/domain/work-item/index';
import type { WorkflowEvent } from '@coord/domain/workflow/index';
import type { Projection, RecordedEvent } from '@coord/projection-runner/index';
import { adjustCounts, standing } from './counts';
import { settleHandoffs } from './handoffs';
import { type ItemRow, type ItemUpdate, insertItems, replaceDependencies, settleReadiness, updateItems } from './item-rows';
import { insertWorkflows, settleOver, updateWorkflows, type WorkflowUpdate } from './workflow-rows';

type Recorded = RecordedEvent & (WorkflowEvent | WorkItemEvent);

/** Workflows and their work items: one read model, so that progress and readiness never contradict the items. */
export const workProjection: Projection = {
  name: 'work',
  migrations: join(__dirname, 'migrations'),
  tables: ['workflows', 'work_items', 'dependencies', 'work_counts', 'untold_handoffs'],

  async project(events, target) {
    const created: object[] = [];
    const updates = new Map<string, WorkflowUpdate>();
    const added: ItemRow[] = [];
    const changed = new Map<string, ItemUpdate>();
    for (const { type, data, position } of events as Recorded[]) {
      if (type === 'WorkflowCreated') created.push({ ...data, position });
      else if (type === 'WorkflowChanged') {
        const before = updates.get(data.workflow_id);
        updates.set(data.workflow_id, { id: data.workflow_id, ...before, ...data.changes, updated_at: data.changed_at });
      } else if (type === 'WorkItemAdded') added.push({ ...data, position });
      else if (type === 'WorkItemChanged') {
        const before = changed.get(data.work_item_id);
        changed.set(data.work_item_id, {
          ...{ id: data.work_item_id, ...before, ...data.changes },
          ...{ updated_at: data.changed_at, revision: data.revision },
        });
      }
    }
    const moved = [...updates.values()].filter(({ status }) => status !== undefined).map(({ id }) => id);
    await Promise.all([
      insertWorkflows(target, created),
      updateWorkflows(target, [...updates.values()]),
      settleOver(target, moved),
      settleHandoffs(target, events),
    ]);
    if (added.length > 0 || changed.size > 0) await projectItems(added, [...changed.values()], target);
  },
};

/** The statements run in this order: they go through the one connection of the transaction. */
async function projectItems(added: ItemRow[], changed: ItemUpdate[], target: Parameters<Projection['project']>[1]): Promise<void> {
  const touched = [...new Set([...added.map((item) => item.work_item_id), ...changed.map(({ id }) => id)])];
  const moved = changed.filter(({ status }) => status !== undefined).map(({ id }) => id);
  const rewired = new Map([
    ...added.filter((item) => item.depends_on.length > 0).map((item) => [item.work_item_id, item.depends_on] as const),
    ...changed.flatMap(({ id, depends_on }) => (depends_on ? [[id, depends_on] as const] : [])),
  ]);
  const [before, , , , , after] = await Promise.all([
    standing(target, touched, moved),
    insertItems(target, added),
    updateItems(target, changed),
    replaceDependencies(target, rewired),
    settleReadiness(target, [...rewired.keys()], moved),
    standing(target, touched, moved),
  ]);
  await adjustCounts(target, before, after);
}
