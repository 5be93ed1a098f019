import type { WorkItemEvent, WorkItemStatus } from '@coord/domain/work-item/index';
import type { WorkflowEvent, WorkflowState } from '@coord/domain/workflow/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { WorkCounts, WorkflowRow } from '@projections/work/index';

type PlacedWorkflow = WorkflowState & { position: number };
/** What the counts need to know of an item; any may be opened again, and be what another waits for. */
interface Item {
  workflow_id: string;
  project_key: string;
  status: WorkItemStatus;
  depends_on: string[];
}
/** Items of a workflow together: there are many of them, and what they share is written once. */
type Group = { workflow_id: string; project_key: string; items: [id: string, status: WorkItemStatus, ...depends_on: string[]][] };
type Counts = Pick<WorkflowRow, 'total' | 'completed' | 'in_progress' | 'blocked'>;

// a caller may have written an id in capitals
const lower = (id: string): string => id.toLowerCase();

/** Workflows, oldest first, and how far their work items are. */
export class WorkOnBoard {
  readonly #workflows = new Map<string, PlacedWorkflow>();
  readonly #items = new Map<string, Item>();

  get size(): number {
    return this.#workflows.size + this.#items.size;
  }

  apply(event: RecordedEvent): void {
    const { type, data, position } = event as RecordedEvent & (WorkflowEvent | WorkItemEvent);
    switch (type) {
      case 'WorkflowCreated':
        this.#workflows.set(data.workflow_id, { ...data, updated_at: data.created_at, position });
        return;
      case 'WorkflowChanged': {
        const workflow = this.#workflows.get(data.workflow_id);
        if (workflow) Object.assign(workflow, data.changes, { updated_at: data.changed_at });
        return;
      }
      case 'WorkItemAdded': {
        const { workflow_id, project_key, status, depends_on } = data;
        this.#items.set(data.work_item_id, { workflow_id: lower(workflow_id), project_key, status, depends_on: depends_on.map(lower) });
        return;
      }
      case 'WorkItemChanged': {
        const item = this.#items.get(data.work_item_id);
        if (!item) return;
        const { status, depends_on } = data.changes;
        if (status !== undefined) item.status = status;
        if (depends_on !== undefined) item.depends_on = depends_on.map(lower);
      }
    }
  }

  /** Workflows that are not over, and how much work there is. */
  rows(projectKey: string | undefined, limit: number): { workflows: WorkflowRow[]; work: WorkCounts } {
    const counts = new Map<string, Counts>();
    const work: WorkCounts = { ready: 0, in_progress: 0, blocked: 0 };
    for (const item of this.#items.values()) {
      if (projectKey !== undefined && item.project_key !== projectKey) continue;
      count(counts, item);
      if (item.status === 'in_progress' || item.status === 'blocked') work[item.status] += 1;
      else if (this.#isReady(item)) work.ready += 1;
    }
    const workflows: WorkflowRow[] = [];
    for (const { workflow_id: id, position, created_at, updated_at, ...workflow } of this.#workflows.values()) {
      if (workflows.length === limit) break;
      if (workflow.status === 'completed' || workflow.status === 'cancelled') continue;
      if (projectKey !== undefined && workflow.project_key !== projectKey) continue;
      const times = { created_at: new Date(created_at), updated_at: new Date(updated_at) };
      workflows.push({ id, position: String(position), ...workflow, ...times, ...(counts.get(id) ?? none()) });
    }
    return { workflows, work };
  }

  #isReady({ status, depends_on }: Item): boolean {
    return status === 'pending' && depends_on.every((id) => (this.#items.get(id)?.status ?? 'completed') === 'completed');
  }

  toJson(): { workflows: PlacedWorkflow[]; items: Group[] } {
    const groups = new Map<string, Group>();
    for (const [id, { workflow_id, project_key, status, depends_on }] of this.#items) {
      const key = `${workflow_id} ${project_key}`;
      const group = groups.get(key) ?? { workflow_id, project_key, items: [] };
      groups.set(key, group);
      group.items.push([id, status, ...depends_on]);
    }
    return { workflows: [...this.#workflows.values()], items: [...groups.values()] };
  }

  static fromJson({ workflows, items }: ReturnType<WorkOnBoard['toJson']>): WorkOnBoard {
    const part = new WorkOnBoard();
    for (const workflow of workflows) part.#workflows.set(workflow.workflow_id, workflow);
    for (const { workflow_id, project_key, items: group } of items)
      for (const [id, status, ...depends_on] of group) part.#items.set(id, { workflow_id, project_key, status, depends_on });
    return part;
  }
}

const none = (): Counts => ({ total: 0, completed: 0, in_progress: 0, blocked: 0 });

function count(all: Map<string, Counts>, { workflow_id, status }: Item): void {
  const counts = all.get(workflow_id) ?? none();
  all.set(workflow_id, counts);
  counts.total += 1;
  if (status === 'completed' || status === 'in_progress' || status === 'blocked') counts[status] += 1;
}
