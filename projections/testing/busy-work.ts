import { type WorkItemChanges, type WorkItemCommand, workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { type WorkflowCommand, workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { id, NOON } from './history';

type Pick = <T>(from: readonly T[]) => T;
const WORKFLOWS = 6_000_000;
const ITEMS = 6_100_000;

export type WorkStep =
  | { stream: string; decider: typeof workflowDecider; command: WorkflowCommand }
  | { stream: string; decider: typeof workItemDecider; command: WorkItemCommand };

/** Commands on workflows and work items, for a busy day. Every item may come to depend on any older one of its project. */
export function busyWork(pick: Pick, projects: readonly string[]): (actor: string, now: number) => WorkStep {
  const workflows: { workflow_id: string; project_key: string }[] = [];
  const items: { work_item_id: string; project_key: string }[] = [];

  const newWorkflow = (actor: string, now: number): WorkStep => {
    const workflow = { workflow_id: id(WORKFLOWS + workflows.length), project_key: pick(projects) };
    workflows.push(workflow);
    const about = { name: 'n', description: pick([null, 'd']), status: pick(['planning', 'active'] as const), created_by: actor };
    return {
      stream: workflowStream(workflow.workflow_id),
      decider: workflowDecider,
      command: { type: 'CreateWorkflow', workflow: { ...workflow, ...about }, now },
    };
  };
  const older = (project_key: string, before: number) =>
    items.slice(0, before).filter((item) => item.project_key === project_key).slice(-5).map((item) => item.work_item_id);
  const newItem = (now: number): WorkStep => {
    const workflow = pick(workflows);
    const work_item_id = id(ITEMS + items.length);
    const depends_on = older(workflow.project_key, items.length).filter(() => pick([true, false]));
    items.push({ work_item_id, project_key: workflow.project_key });
    const how = { status: pick(['pending', 'pending', 'completed', 'blocked'] as const), priority: pick([0, 0, 5, -1]), assigned_to: pick([null, 'M/a']) };
    const item = { work_item_id, ...workflow, title: 't', description: pick([null, 'd']), ...how, depends_on };
    return { stream: workItemStream(work_item_id), decider: workItemDecider, command: { type: 'AddWorkItem', item, now } };
  };
  const change = (actor: string, now: number): WorkStep => {
    const at = pick([...items.keys()].slice(-20));
    const { work_item_id, project_key } = items[at] as (typeof items)[number];
    const changes = pick<WorkItemChanges>([
      { status: pick(['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const) },
      { status: 'completed', title: pick(['t', 'u']) },
      { depends_on: older(project_key, at).filter(() => pick([true, false])) },
      { priority: pick([1, 2]), assigned_to: pick([null, 'N/c']), description: pick([null, 'e']) },
    ]);
    const command = pick<WorkItemCommand>([
      { type: 'ChangeWorkItem', changes, changed_by: pick([null, actor]), now },
      { type: 'ChangeWorkItem', changes, changed_by: actor, now },
      { type: 'ClaimWorkItem', session_id: actor, now },
      { type: 'HandOffWorkItem', from_session: actor, to_session: pick(['M/b', 'late']), note: 'n', message_id: id(2_000_000 + ((now - NOON) % 700)), now },
    ]);
    return { stream: workItemStream(work_item_id), decider: workItemDecider, command };
  };
  return (actor, now) => {
    if (workflows.length === 0 || pick([1, 2, 3, 4, 5, 6, 7, 8, 9]) === 1) return newWorkflow(actor, now);
    if (items.length === 0 || pick([1, 2, 3]) === 1) return newItem(now);
    if (pick([1, 2, 3, 4, 5, 6, 7]) > 1) return change(actor, now);
    const { workflow_id } = pick(workflows);
    const changes = pick([{ status: 'completed' as const }, { description: pick([null, 'x']) }, { name: 'm' }]);
    return { stream: workflowStream(workflow_id), decider: workflowDecider, command: { type: 'ChangeWorkflow', changes, changed_by: actor, now } };
  };
}
