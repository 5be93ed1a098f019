import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { type SessionState, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { StoreUnavailable } from '@coord/event-store/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ActivityNotes } from '../../activity/activity-notes';
import { Commands } from '../../engine/commands';
import { Registrar } from '../registrar';
import type { EndDto } from '../session.dto';
import { ownSummary } from '../session.view';
import { SessionEnds } from '../session-ends';
import { SessionLooks } from '../session-looks';

/** Ends a session, which releases what it holds. */
export class EndSession extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly end: EndDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly commands: Commands,
    private readonly registrar: Registrar,
    private readonly activity: ActivityNotes,
    private readonly looks: SessionLooks,
    private readonly ends: SessionEnds,
  ) {}

  async execute({ id, end, context }: EndSession): Promise<Outcome> {
    const { row, unread } = await this.looks.before(id);
    if (row && row.ended_at === null) await this.putOnRecord(id, context);
    const { now } = context;
    const outcome = await this.commands.execute(
      {
        decider: sessionDecider,
        stream: sessionStream(id),
        command: { type: 'EndSession', session_id: id, reason: end.reason ?? null, now },
        context,
        answer: (_, after) => ({ status: 200, body: { ...ownSummary(after as SessionState, now, row), locks: [], unread } }),
      },
      end,
      'none',
    );
    return 'problem' in outcome ? outcome : { ...outcome, position: await this.follow(id, outcome.position, context) };
  }

  /** A session that acted may not be registered yet, or still stand as ended or lost in its stream. */
  private async putOnRecord(id: string, context: CommandContext): Promise<void> {
    this.registrar.forget(id);
    await this.registrar.register(id, context);
  }

  private async follow(id: string, position: number, context: CommandContext): Promise<number> {
    this.registrar.forget(id);
    this.activity.forget(id);
    try {
      return await this.ends.finish(id, position, context.correlation_id);
    } catch (error) {
      // the end is written: that its locks are not all released yet must not be taken for nothing done
      throw error instanceof StoreUnavailable ? new StoreUnavailable('unknown', error) : error;
    }
  }
}
