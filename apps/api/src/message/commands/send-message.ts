import { type CommandContext, CommandRunner, derivedId, type Outcome } from '@coord/command-runner/index';
import { messageDecider, messageStream } from '@coord/domain/message/index';
import { OUTLIVED_KEY } from '@coord/domain/problem';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Commands } from '../../engine/commands';
import { refusedField } from '../../http/problems';
import { Addressees, type AddresseeWarning } from '../addressees';
import type { SendDto } from '../message.dto';
import { messageView } from '../message.view';

/** Sends a message to a session, or to all. */
export class SendMessage extends Command<Outcome> {
  constructor(
    readonly message: SendDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SendMessage)
export class SendMessageHandler implements ICommandHandler<SendMessage> {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly addressees: Addressees,
  ) {}

  async execute({ message, context }: SendMessage): Promise<Outcome> {
    const [warning, thread] = await Promise.all([this.addressees.warningFor(message.to), this.threadOf(message.reply_to)]);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.sendAs(idOf(message, context, attempt), message, context, thread, warning);
      if (!('problem' in outcome) || outcome.problem !== OUTLIVED_KEY) return outcome;
    }
  }

  private sendAs(id: string, message: SendDto, context: CommandContext, thread: string | null, warning: AddresseeWarning | null): Promise<Outcome> {
    const { from_session, subject, body, type, priority, references, ack_required } = message;
    const optional = {
      project_key: message.project_key ?? null,
      metadata: message.metadata ?? null,
      reply_to: message.reply_to ?? null,
      external_id: message.external_id ?? null,
    };
    const sent = { message_id: id, from_session, to_session: message.to, subject, body, type, priority, references, ack_required, ...optional };
    return this.commands.execute(
      {
        decider: messageDecider,
        stream: messageStream(id),
        command: { type: 'SendMessage', message: { ...sent, thread_id: thread ?? id }, now: context.now },
        context,
        answer: (events, { sent: stored, receipts }) => {
          if (!stored) throw new Error('A message was sent that is not there.');
          const view = messageView(stored, receipts.get(stored.to_session));
          return events.length > 0 ? { status: 201, body: { ...view, ...warning } } : { status: 200, body: view };
        },
      },
      message,
    );
  }

  /** The thread of the message that is replied to. @throws Refused for one that does not exist. */
  private async threadOf(replyTo: string | null | undefined): Promise<string | null> {
    if (!replyTo) return null;
    const { state } = await this.runner.observe(messageDecider, messageStream(replyTo));
    if (!state.sent) throw refusedField('reply_to', 'names no message');
    return state.sent.thread_id;
  }
}

/** An external id decides in its message's own stream, and so does a key; a key that was used a day ago gives the next id. */
function idOf({ external_id, project_key }: SendDto, { idempotency }: CommandContext, attempt: number): string {
  if (external_id !== undefined && external_id !== null) return derivedId('message', 'external', project_key ?? '', external_id);
  return idempotency ? derivedId('message', 'key', idempotency.scope, String(attempt)) : uuidv7();
}
