import type { CommandContext, Outcome, Task } from '@coord/command-runner/index';
import { type MessageCommand, type MessageEvent, type MessageState, messageDecider, messageStream } from '@coord/domain/message/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { knownMessages, listMessages } from '@projections/inbox/index';
import { Commands } from '../../engine/commands';
import { LIST_LIMIT } from '../../http/list';
import { InboxWindow } from '../inbox-window';
import type { ReadManyDto } from '../message.dto';

/** Marks several messages read for a session, or all that it has unread. */
export class ReadMessages extends Command<Outcome> {
  constructor(
    readonly reading: ReadManyDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReadMessages)
export class ReadMessagesHandler implements ICommandHandler<ReadMessages> {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly window: InboxWindow,
  ) {}

  execute({ reading, context }: ReadMessages): Promise<Outcome> {
    return this.commands.once(reading.session_id, context, reading, async (plain, steps) => {
      const { ids } = reading;
      const unknown = ids && (await this.refusalOfUnknown(ids));
      if (unknown) return unknown;
      let read = 0;
      let position = 0;
      for await (const page of ids ? [ids] : this.unread(reading.session_id)) {
        const outcomes = await steps.all(page.map((id) => readOne(id, reading, plain)));
        for (const outcome of outcomes) {
          if ('problem' in outcome) return outcome;
          read += outcome.answer.body === true ? 1 : 0;
          position = Math.max(position, outcome.position);
        }
      }
      return { answer: { status: 200, body: { read } }, position: position || (await this.readModels.caughtUp({ of: ['inbox'] })) };
    });
  }

  /** What is answered with an error has written nothing, so all have to be there before one is marked. */
  private async refusalOfUnknown(ids: readonly string[]): Promise<Outcome | null> {
    const { result: known, position } = await this.readModels.read((sql) => knownMessages(sql, ids), { of: ['inbox'] });
    const unknown = ids.find((id) => !known.has(id));
    return unknown === undefined ? null : { problem: { problem: 'not-found', what: `message ${unknown}` }, position };
  }

  private async *unread(session_id: string): AsyncGenerator<string[]> {
    for (let after: number | undefined; ; ) {
      const unread = { toSession: session_id, unreadOnly: true, broadcastsSince: this.window.start, after, limit: LIST_LIMIT };
      const { result: rows } = await this.readModels.read((sql) => listMessages(sql, unread), { of: ['inbox'] });
      if (rows.length === 0) return;
      yield rows.map((row) => row.id);
      after = Number(rows.at(-1)?.position);
    }
  }
}

/** The answer's body says whether it was unread. */
function readOne(id: string, reading: ReadManyDto, context: CommandContext): Task<MessageState, MessageCommand, MessageEvent> {
  return {
    decider: messageDecider,
    stream: messageStream(id),
    command: { type: 'ReadMessage', session_id: reading.session_id, now: context.now },
    context,
    answer: (events) => ({ status: 200, body: events.length > 0 }),
  };
}
