import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { progressOf, workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { findWorkflow } from '@projections/work/index';
import { Commands } from '../../engine/commands';
import type { ChangeWorkflowDto } from '../workflow.dto';
import { progressOfRow, workflowView } from '../workflow.view';

/** Changes what a workflow is called, what it says, or how it stands. */
export class ChangeWorkflow extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly change: ChangeWorkflowDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeWorkflow)
export class ChangeWorkflowHandler implements ICommandHandler<ChangeWorkflow> {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ id, change, context }: ChangeWorkflow): Promise<Outcome> {
    const { name, description, status, updated_by = null } = change;
    // how far its items are is no part of the decision, only of the answer
    const { result: row } = await this.readModels.read((sql) => findWorkflow(sql, id), { of: ['work'] });
    const progress = row ? progressOfRow(row) : progressOf({ total: 0, completed: 0, in_progress: 0, blocked: 0 });
    return this.commands.execute(
      {
        decider: workflowDecider,
        stream: workflowStream(id),
        command: { type: 'ChangeWorkflow', changes: { name, description, status }, changed_by: updated_by, now: context.now },
        context,
        answer: (_, after) => {
          if (!after) throw new Error('A workflow was changed that is not there.');
          return { status: 200, body: workflowView(after, progress) };
        },
      },
      change,
    );
  }
}
