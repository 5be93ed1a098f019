import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Commands } from '../../engine/commands';
import { Dependencies } from '../dependencies';
import { HandoffNotices } from '../handoff-notices';
import type { HandOffDto } from '../work-item.dto';
import { workItemView } from '../work-item.view';

/** Gives a work item to another session, and tells it so. */
export class HandOffWorkItem extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly handoff: HandOffDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(HandOffWorkItem)
export class HandOffWorkItemHandler implements ICommandHandler<HandOffWorkItem> {
  constructor(
    private readonly commands: Commands,
    private readonly dependencies: Dependencies,
    private readonly notices: HandoffNotices,
  ) {}

  async execute({ id, handoff, context }: HandOffWorkItem): Promise<Outcome> {
    const { from_session, to_session, note } = handoff;
    const message_id = uuidv7();
    const item = (await this.dependencies.look([id])).items.get(id);
    const seen = await this.dependencies.look(item?.status === 'pending' ? item.depends_on : []);
    const outcome = await this.commands.execute(
      {
        decider: workItemDecider,
        stream: workItemStream(id),
        command: { type: 'HandOffWorkItem', from_session, to_session, note, message_id, now: context.now },
        context: { ...context, project_key: item?.project_key ?? null },
        answer: (_, after) => {
          if (!after) throw new Error('A work item was handed off that is not there.');
          return { status: 200, body: workItemView(after, seen.completed) };
        },
      },
      handoff,
    );
    // the item's stream has decided; what follows can't refuse it any more, and the handoff policy finishes what fails here
    if (item && outcome.wrote) {
      const { work_item_id, workflow_id, project_key, title } = item;
      const position = await this.notices.tellAtOnce(
        { message_id, work_item_id, workflow_id, project_key, title, from_session, to_session, note },
        context,
      );
      return { ...outcome, position: Math.max(outcome.position, position) };
    }
    return outcome;
  }
}
