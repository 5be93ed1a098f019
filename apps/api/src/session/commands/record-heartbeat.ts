import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { bySessionName, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { listMessages, unreadOf } from '@projections/inbox/index';
import { locksHeldBy } from '@projections/locks/index';
import type { Sql } from 'postgres';
import { Commands } from '../../engine/commands';
import { LIST_LIMIT } from '../../http/list';
import { Deliveries } from '../../message/deliveries';
import { InboxWindow } from '../../message/inbox-window';
import { rowView as messageRowView } from '../../message/message.view';
import type { HeartbeatDto } from '../session.dto';
import { ownLock } from '../session-looks';

/** Says that a session lives, and what it is at. */
export class RecordHeartbeat extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly heartbeat: HeartbeatDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordHeartbeat)
export class RecordHeartbeatHandler implements ICommandHandler<RecordHeartbeat> {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly deliveries: Deliveries,
    private readonly window: InboxWindow,
  ) {}

  /** What is due is asked for before the write: it does not change by it, and so no read model has to catch up with it. */
  async execute({ id, heartbeat, context }: RecordHeartbeat): Promise<Outcome> {
    const { now } = context;
    const [unread, urgent, locks] = await this.due(id, now);
    const answer = { unread, urgent: urgent.map(messageRowView), locks: locks.map((lock) => ownLock(lock, now)) };
    const { said, project_key } = heartbeat;
    const outcome = await this.commands.execute(
      {
        decider: sessionDecider,
        stream: sessionStream(id),
        command: { type: 'RecordHeartbeat', session: bySessionName(id, null), said, project_key, now },
        context,
        answer: () => ({ status: 200, body: answer }),
      },
      heartbeat,
      'heartbeat',
    );
    if ('answer' in outcome) await this.deliveries.record(urgent, id, context.correlation_id ?? '');
    return outcome;
  }

  private async due(session: string, now: number) {
    const broadcastsSince = this.window.start;
    const urgent = { toSession: session, unreadOnly: true, priority: 'urgent', broadcastsSince, limit: LIST_LIMIT };
    const ask = (sql: Sql) =>
      Promise.all([unreadOf(sql, session, { broadcastsSince }), listMessages(sql, urgent), locksHeldBy(sql, [session], new Date(now))]);
    return (await this.readModels.read(ask, { of: ['inbox', 'locks'] })).result;
  }
}
