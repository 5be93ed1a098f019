import type { WorkItemAdded, WorkItemEvent, WorkItemStatus } from '@coord/domain/work-item/index';
import type { WorkflowChanged, WorkflowEvent, WorkflowState, WorkflowStatus } from '@coord/domain/workflow/index';
import type { RecordedEvent } from '@coord/projection-runner/index';
import type { WorkCounts, WorkflowRow } from '@projections/work/index';

type Recorded = RecordedEvent & (WorkflowEvent | WorkItemEvent);
type PlacedWorkflow = WorkflowState & { position: number };
interface Item {
  workflow_id: string;
  project_key: string;
  status: WorkItemStatus;
  depends_on: string[];
}
type ItemJson = [id: string, workflow_id: string, project_key: string, status: WorkItemStatus, ...depends_on: string[]];
type Counts = Pick<WorkflowRow, 'total' | 'completed' | 'in_progress' | 'blocked'>;

// a caller may have written an id in capitals
const lower = (id: string): string => id.toLowerCase();

const isOver = (status: WorkflowStatus): boolean => status === 'completed' || status === 'cancelled';

/**
 * Workflows that are not over, oldest first, and how far their work items are. A workflow that is over is gone, an item that is completed but
 * counted: most are, in the end. Should one be opened again, its stream has to tell what it was (`lacks`, `recall`).
 */
export class WorkOnBoard {
  readonly #workflows = new Map<string, PlacedWorkflow>();
  readonly #items = new Map<string, Item>();
  /** How many items of each workflow are completed. */
  readonly #completed = new Map<string, number>();

  get size(): number {
    return this.#workflows.size + this.#items.size;
  }

  apply(event: RecordedEvent): void {
    const { type, data, position } = event as Recorded;
    switch (type) {
      case 'WorkflowCreated':
        this.#workflows.set(data.workflow_id, { ...data, updated_at: data.created_at, position });
        this.#forgetOver(data.workflow_id);
        return;
      case 'WorkflowChanged':
        this.#changeWorkflow(data);
        this.#forgetOver(data.workflow_id);
        return;
      case 'WorkItemAdded':
        this.#put(data.work_item_id, itemOf(data));
        return;
      case 'WorkItemChanged': {
        const item = this.#items.get(data.work_item_id);
        const { status, depends_on } = data.changes;
        if (!item) return;
        if (depends_on !== undefined) item.depends_on = depends_on.map(lower);
        if (status !== undefined) this.#put(data.work_item_id, Object.assign(item, { status }));
      }
    }
  }

  #changeWorkflow({ workflow_id, changes, changed_at }: WorkflowChanged['data']): void {
    const workflow = this.#workflows.get(workflow_id);
    if (workflow) this.#workflows.set(workflow_id, { ...workflow, ...changes, updated_at: changed_at });
  }

  #forgetOver(workflow_id: string): void {
    const workflow = this.#workflows.get(workflow_id);
    if (workflow && isOver(workflow.status)) this.#workflows.delete(workflow_id);
  }

  /** Whether the event opens a workflow again that is gone, or an item that is but counted. */
  lacks(event: RecordedEvent): boolean {
    const { type, data } = event as Recorded;
    if (type === 'WorkflowChanged') {
      const { status } = data.changes;
      return status !== undefined && !isOver(status) && !this.#workflows.has(data.workflow_id);
    }
    return type === 'WorkItemChanged' && data.changes.status !== undefined && !this.#items.has(data.work_item_id);
  }

  /** Brings back a workflow that is over or a completed item, by all that its stream held before. */
  recall(stream: readonly RecordedEvent[]): void {
    if (stream[0]?.type === 'WorkflowCreated') this.#recallWorkflow(stream as Recorded[]);
    else this.#recallItem(stream);
  }

  #recallWorkflow(stream: readonly Recorded[]): void {
    for (const { type, data, position } of stream) {
      if (type === 'WorkflowCreated') this.#workflows.set(data.workflow_id, { ...data, updated_at: data.created_at, position });
      else if (type === 'WorkflowChanged') this.#changeWorkflow(data);
    }
    const inOrder = [...this.#workflows].sort(([, a], [, b]) => a.position - b.position);
    this.#workflows.clear();
    for (const [id, workflow] of inOrder) this.#workflows.set(id, workflow);
  }

  #recallItem(stream: readonly RecordedEvent[]): void {
    for (const { type, data } of stream as Recorded[]) {
      if (type === 'WorkItemAdded') this.#items.set(data.work_item_id, { ...itemOf(data), status: 'completed' });
      if (type !== 'WorkItemChanged') continue;
      const item = this.#items.get(data.work_item_id);
      if (item && data.changes.depends_on) item.depends_on = data.changes.depends_on.map(lower);
    }
    const [added] = stream as Recorded[];
    if (added?.type === 'WorkItemAdded') this.#count(lower(added.data.workflow_id), -1);
  }

  #put(id: string, item: Item): void {
    if (item.status !== 'completed') {
      this.#items.set(id, item);
      return;
    }
    this.#items.delete(id);
    this.#count(item.workflow_id, 1);
  }

  #count(workflow_id: string, n: 1 | -1): void {
    this.#completed.set(workflow_id, (this.#completed.get(workflow_id) ?? 0) + n);
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
      if (projectKey !== undefined && workflow.project_key !== projectKey) continue;
      const times = { created_at: new Date(created_at), updated_at: new Date(updated_at) };
      workflows.push({
        id,
        position: String(position),
        ...workflow,
        ...times,
        ...withCompleted(counts.get(id) ?? none(), this.#completed.get(id) ?? 0),
      });
    }
    return { workflows, work };
  }

  /** What is not here is completed. */
  #isReady({ status, depends_on }: Item): boolean {
    return status === 'pending' && depends_on.every((id) => !this.#items.has(id));
  }

  toJson(): { workflows: PlacedWorkflow[]; items: ItemJson[]; completed: [workflow_id: string, n: number][] } {
    const items = [...this.#items].map(
      ([id, { workflow_id, project_key, status, depends_on }]): ItemJson => [id, workflow_id, project_key, status, ...depends_on],
    );
    return { workflows: [...this.#workflows.values()], items, completed: [...this.#completed] };
  }

  static fromJson({ workflows, items, completed }: ReturnType<WorkOnBoard['toJson']>): WorkOnBoard {
    const part = new WorkOnBoard();
    // snapshots of earlier versions hold those that are over, too
    for (const workflow of workflows) if (!isOver(workflow.status)) part.#workflows.set(workflow.workflow_id, workflow);
    for (const [id, workflow_id, project_key, status, ...depends_on] of items) part.#items.set(id, { workflow_id, project_key, status, depends_on });
    for (const [workflow_id, n] of completed) part.#completed.set(workflow_id, n);
    return part;
  }
}

const itemOf = ({ workflow_id, project_key, status, depends_on }: WorkItemAdded['data']): Item => ({
  ...{ workflow_id: lower(workflow_id), project_key, status, depends_on: depends_on.map(lower) },
});

const none = (): Counts => ({ total: 0, completed: 0, in_progress: 0, blocked: 0 });

const withCompleted = (open: Counts, completed: number): Counts => ({ ...open, total: open.total + completed, completed });

function count(all: Map<string, Counts>, { workflow_id, status }: Item): void {
  const counts = all.get(workflow_id) ?? none();
  all.set(workflow_id, counts);
  counts.total += 1;
  if (status === 'in_progress' || status === 'blocked') counts[status] += 1;
}
