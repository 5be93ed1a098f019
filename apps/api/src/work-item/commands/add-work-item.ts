import { type CommandContext, CommandRunner, type Outcome } from '@coord/command-runner/index';
import { invalid } from '@coord/domain/problem';
import { workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { underNewId } from '../../engine/new-id';
import { Dependencies } from '../dependencies';
import type { AddWorkItemDto } from '../work-item.dto';
import { workItemView } from '../work-item.view';

/** Adds a step to a workflow. */
export class AddWorkItem extends Command<Outcome> {
  constructor(
    readonly item: AddWorkItemDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AddWorkItem)
export class AddWorkItemHandler implements ICommandHandler<AddWorkItem> {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly dependencies: Dependencies,
  ) {}

  execute({ item, context }: AddWorkItem): Promise<Outcome> {
    return underNewId('work-item', context, (id) => this.addAs(id, item, context));
  }

  private async addAs(work_item_id: string, item: AddWorkItemDto, context: CommandContext): Promise<Outcome> {
    const { workflow_id, project_key, title, description = null, status, priority, assigned_to = null, depends_on } = item;
    const stream = workItemStream(work_item_id);
    const answered = context.idempotency ? await this.runner.recall(workItemDecider, stream, context) : null;
    if (answered) return answered;
    const [workflow, seen] = await Promise.all([
      this.runner.observe(workflowDecider, workflowStream(workflow_id)),
      this.dependencies.look(depends_on),
    ]);
    if (workflow.state?.project_key !== project_key)
      return { problem: invalid('workflow_id', 'names no workflow of this project'), position: workflow.position };
    const unwritten = { work_item_id, project_key, revision: 0, depends_on: [] };
    const refused = await this.dependencies.putDown(unwritten, depends_on, seen, context, item);
    if (refused) return refused;
    const added = { work_item_id, workflow_id, project_key, title, description, status, priority, assigned_to, depends_on };
    return this.commands.execute(
      {
        decider: workItemDecider,
        stream,
        command: { type: 'AddWorkItem', item: added, now: context.now },
        context,
        answer: (_, after) => {
          if (!after) throw new Error('A work item was added that is not there.');
          return { status: 201, body: workItemView(after, seen.completed) };
        },
      },
      item,
    );
  }
}
