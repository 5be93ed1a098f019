import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { type HolderSeen, lockDecider, lockStream } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { EndedLocks } from '../ended-locks';
import type { ReleaseDto } from '../lock.dto';
import { LockDirectory, type LockPlace } from '../lock-directory';
import { LockRefusals } from '../lock-refusals';
import { answerEnded } from './answer-ended';

/** Releases a lock: by its holder, or by anyone once it is stale. */
export class ReleaseLock extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly release: ReleaseDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReleaseLock)
export class ReleaseLockHandler implements ICommandHandler<ReleaseLock> {
  constructor(
    private readonly commands: Commands,
    private readonly directory: LockDirectory,
    private readonly ended: EndedLocks,
    private readonly refusals: LockRefusals,
  ) {}

  async execute(command: ReleaseLock): Promise<Outcome> {
    const place = await this.directory.find(command.id);
    if (!place) return this.ended.unknown();
    const outcome = await this.release(command, place);
    if (!('problem' in outcome) || outcome.problem.problem !== 'not-lock-owner')
      return this.ended.answerIfEnded(outcome, command.id, place, command.context);
    // another session's lock: whether it is stale depends on what its holder did, which the read model knows
    const last_activity_at = await this.refusals.lastActivityOf(outcome.problem.lock.session_id);
    const again = await this.release(command, place, { last_activity_at, stale_after: this.refusals.look.staleAfter });
    return this.ended.answerIfEnded(again, command.id, place, command.context);
  }

  private release({ id, release, context }: ReleaseLock, { project_key }: LockPlace, holder?: HolderSeen): Promise<Outcome> {
    const { session_id, reason = null } = release;
    return this.commands.execute(
      {
        decider: lockDecider,
        stream: lockStream(project_key),
        command: { type: 'ReleaseLock', lock_id: id, session_id, reason, holder, now: context.now },
        context: { ...context, project_key },
        answer: (events, _, before) => answerEnded(id, events, before, session_id, context.now, holder),
      },
      release,
    );
  }
}
