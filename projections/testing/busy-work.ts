import type { Decider, DomainEvent } from '@coord/domain/decider';
import { messageDecider, messageStream } from '@coord/domain/message/index';
import { type WorkItemChanges, type WorkItemCommand, workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { id } from './history';

type Pick = <T>(from: readonly T[]) => T;
const WORKFLOWS = 6_000_000;
const ITEMS = 6_100_000;
const NOTICES = 6_200_000;

type Act = <State, Command, Event extends DomainEvent>(stream: string, decider: Decider<State, Command, Event>, command: Command) => void;
/** A command, given to whoever runs it. */
export type WorkStep = (act: Act) => void;

/** Commands on workflows and work items, for a busy day. Every item may come to depend on any older one of its project. */
export function busyWork(pick: Pick, projects: readonly string[]): (actor: string, now: number) => WorkStep {
  const workflows: { workflow_id: string; project_key: string }[] = [];
  const items: { work_item_id: string; project_key: string }[] = [];
  let handoffs = 0;

  const newWorkflow = (actor: string, now: number): WorkStep => {
    const workflow = { workflow_id: id(WORKFLOWS + workflows.length), project_key: pick(projects) };
    workflows.push(workflow);
    const about = { name: 'n', description: pick([null, 'd']), status: pick(['planning', 'active'] as const), created_by: actor };
    return (act) => act(workflowStream(workflow.workflow_id), workflowDecider, { type: 'CreateWorkflow', workflow: { ...workflow, ...about }, now });
  };
  const older = (project_key: string, before: number) =>
    items
      .slice(0, before)
      .filter((item) => item.project_key === project_key)
      .slice(-5)
      .map((item) => item.work_item_id);
  const newItem = (now: number): WorkStep => {
    const workflow = pick(workflows);
    const work_item_id = id(ITEMS + items.length);
    const depends_on = older(workflow.project_key, items.length).filter(() => pick([true, false]));
    items.push({ work_item_id, project_key: workflow.project_key });
    const how = {
      status: pick(['pending', 'pending', 'completed', 'blocked'] as const),
      priority: pick([0, 0, 5, -1]),
      assigned_to: pick([null, 'M/a']),
    };
    const item = { work_item_id, ...workflow, title: 't', description: pick([null, 'd']), ...how, depends_on };
    return (act) => act(workItemStream(work_item_id), workItemDecider, { type: 'AddWorkItem', item, now });
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
      { type: 'HandOffWorkItem', from_session: actor, to_session: pick(['M/b', 'late']), note: 'n', message_id: id(NOTICES + ++handoffs), now },
    ]);
    return (act) => act(workItemStream(work_item_id), workItemDecider, command);
  };
  /** Tells the receiver of some handoff; not of each, and not at once. */
  const tell = (now: number): WorkStep => {
    const message_id = id(NOTICES + pick([1, 2, 3, handoffs, handoffs - 1, handoffs - 2]));
    const what = { subject: 's', body: 'b', type: 'directive' as const, priority: 'normal' as const, references: [], metadata: null };
    const links = { reply_to: null, thread_id: message_id, ack_required: false, external_id: null, project_key: null };
    const message = { message_id, from_session: 'M/a', to_session: 'late', ...what, ...links };
    return (act) => act(messageStream(message_id), messageDecider, { type: 'SendMessage', message, now });
  };
  return (actor, now) => {
    if (workflows.length === 0 || pick([1, 2, 3, 4, 5, 6, 7, 8, 9]) === 1) return newWorkflow(actor, now);
    if (items.length === 0 || pick([1, 2, 3]) === 1) return newItem(now);
    if (handoffs > 2 && pick([1, 2, 3, 4, 5, 6, 7, 8]) === 1) return tell(now);
    if (pick([1, 2, 3, 4, 5, 6, 7]) > 1) return change(actor, now);
    const { workflow_id } = pick(workflows);
    const changes = pick([{ status: pick(['completed', 'cancelled', 'active'] as const) }, { description: pick([null, 'x']) }, { name: 'm' }]);
    return (act) => act(workflowStream(workflow_id), workflowDecider, { type: 'ChangeWorkflow', changes, changed_by: actor, now });
  };
}
