import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { messageDecider, messageStream } from '@coord/domain/message/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { AcknowledgeDto } from '../message.dto';
import { messageView } from '../message.view';

/** Says that a session has taken note; that also reads the message. */
export class AcknowledgeMessage extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly acknowledgement: AcknowledgeDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AcknowledgeMessage)
export class AcknowledgeMessageHandler implements ICommandHandler<AcknowledgeMessage> {
  constructor(private readonly commands: Commands) {}

  execute({ id, acknowledgement, context }: AcknowledgeMessage): Promise<Outcome> {
    const { session_id } = acknowledgement;
    return this.commands.execute(
      {
        decider: messageDecider,
        stream: messageStream(id),
        command: { type: 'AcknowledgeMessage', session_id, now: context.now },
        context,
        answer: (_, { sent, receipts }) => {
          if (!sent) throw new Error('A message was acknowledged that is not there.');
          return { status: 200, body: messageView(sent, receipts.get(session_id)) };
        },
      },
      acknowledgement,
    );
  }
}
