import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { progressOf, workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { underNewId } from '../../engine/new-id';
import type { CreateWorkflowDto } from '../workflow.dto';
import { workflowView } from '../workflow.view';

const NOTHING = progressOf({ total: 0, completed: 0, in_progress: 0, blocked: 0 });

/** Begins a workflow. */
export class CreateWorkflow extends Command<Outcome> {
  constructor(
    readonly workflow: CreateWorkflowDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CreateWorkflow)
export class CreateWorkflowHandler implements ICommandHandler<CreateWorkflow> {
  constructor(private readonly commands: Commands) {}

  execute({ workflow, context }: CreateWorkflow): Promise<Outcome> {
    const { project_key, name, description = null, status, created_by } = workflow;
    return underNewId('workflow', context, (workflow_id) =>
      this.commands.execute(
        {
          decider: workflowDecider,
          stream: workflowStream(workflow_id),
          command: { type: 'CreateWorkflow', workflow: { workflow_id, project_key, name, description, status, created_by }, now: context.now },
          context,
          answer: (_, after) => {
            if (!after) throw new Error('A workflow was created that is not there.');
            return { status: 201, body: workflowView(after, NOTHING) };
          },
        },
        workflow,
      ),
    );
  }
}
