import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { ALL_SESSIONS, messageDecider, messageStream, readers } from '@coord/domain/message/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { ReadDto } from '../message.dto';
import { messageView } from '../message.view';

/** Marks a message read, for one session or for those that it was shown to. */
export class ReadMessage extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly reading: ReadDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReadMessage)
export class ReadMessageHandler implements ICommandHandler<ReadMessage> {
  constructor(private readonly commands: Commands) {}

  execute({ id, reading, context }: ReadMessage): Promise<Outcome> {
    const session_id = reading.session_id ?? null;
    return this.commands.execute(
      {
        decider: messageDecider,
        stream: messageStream(id),
        command: { type: 'ReadMessage', session_id, now: context.now },
        context,
        answer: (_, { sent, receipts }) => {
          if (!sent) throw new Error('A message was read that is not there.');
          const marked_for = readers(session_id, sent, receipts);
          const view = messageView(sent, receipts.get(marked_for[0] ?? ''));
          return { status: 200, body: session_id === null && sent.to_session === ALL_SESSIONS ? { ...view, marked_for } : view };
        },
      },
      reading,
    );
  }
}
