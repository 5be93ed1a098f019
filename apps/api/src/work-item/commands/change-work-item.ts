import { type CommandContext, CommandRunner, type Outcome } from '@coord/command-runner/index';
import { workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { Dependencies } from '../dependencies';
import type { ChangeWorkItemDto } from '../work-item.dto';
import { workItemView } from '../work-item.view';

/** Changes a work item. `ifMatch`: only if this is its revision. */
export class ChangeWorkItem extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly change: ChangeWorkItemDto,
    readonly ifMatch: number | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeWorkItem)
export class ChangeWorkItemHandler implements ICommandHandler<ChangeWorkItem> {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly dependencies: Dependencies,
  ) {}

  async execute(command: ChangeWorkItem): Promise<Outcome> {
    const { id, change, ifMatch, context } = command;
    const answered = context.idempotency ? await this.runner.recall(workItemDecider, workItemStream(id), context) : null;
    if (answered) return answered;
    for (;;) {
      const outcome = await this.attempt(command);
      // dependencies are put down for one revision; if the item has moved on, though the caller does not mind, that was in vain
      const inVain = 'problem' in outcome && outcome.problem.problem === 'revision-conflict';
      if (!inVain || ifMatch !== undefined || change.depends_on === undefined) return outcome;
    }
  }

  private async attempt({ id, change, ifMatch, context }: ChangeWorkItem): Promise<Outcome> {
    const { title, description, status, priority, assigned_to, depends_on, updated_by = null } = change;
    const stream = workItemStream(id);
    const { state: item, position } = await this.runner.observe(workItemDecider, stream);
    if (item && depends_on && ifMatch !== undefined && ifMatch !== item.revision)
      return { problem: { problem: 'revision-conflict', current_revision: item.revision }, position };
    const maybeReady = (status ?? item?.status) === 'pending';
    const seen = await this.dependencies.look(depends_on ?? (maybeReady && item ? item.depends_on : []));
    if (item && depends_on) {
      const refused = await this.dependencies.putDown(item, depends_on, seen, context, change);
      if (refused) return refused;
    }
    return this.commands.execute(
      {
        decider: workItemDecider,
        stream,
        command: {
          type: 'ChangeWorkItem',
          changes: { title, description, status, priority, assigned_to, depends_on },
          changed_by: updated_by,
          if_match: ifMatch ?? (depends_on && item?.revision),
          now: context.now,
        },
        context: { ...context, project_key: item?.project_key ?? null },
        answer: (_, after) => {
          if (!after) throw new Error('A work item was changed that is not there.');
          return { status: 200, body: workItemView(after, seen.completed) };
        },
      },
      change,
    );
  }
}
