import { type CommandContext, type Outcome, type Task } from '@coord/command-runner/index';
import { type WorkItemCommand, type WorkItemEvent, type WorkItemState, workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { ClaimWorkItemDto } from '../work-item.dto';
import { workItemView } from '../work-item.view';

/** Takes one work item, and begins it. */
export class ClaimWorkItem extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly claim: ClaimWorkItemDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ClaimWorkItem)
export class ClaimWorkItemHandler implements ICommandHandler<ClaimWorkItem> {
  constructor(private readonly commands: Commands) {}

  execute({ id, claim, context }: ClaimWorkItem): Promise<Outcome> {
    return this.commands.execute(claimTask(id, claim.session_id, context), claim);
  }
}

/** `revision`: only if the item has not changed since it was chosen. */
export const claimTask = (
  id: string,
  session_id: string,
  context: CommandContext,
  revision?: number,
): Task<WorkItemState | null, WorkItemCommand, WorkItemEvent> => ({
  decider: workItemDecider,
  stream: workItemStream(id),
  command: { type: 'ClaimWorkItem', session_id, if_match: revision, now: context.now },
  context,
  answer: (_, after) => {
    if (!after) throw new Error('A work item was claimed that is not there.');
    // what is in progress is not ready, whatever it depends on
    return { status: 200, body: workItemView(after, new Set()) };
  },
});
