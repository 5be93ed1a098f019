import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { EndedLocks } from '../ended-locks';
import type { BreakDto } from '../lock.dto';
import { LockDirectory } from '../lock-directory';
import { answerEnded } from './answer-ended';

/** A human's override. */
export class BreakLock extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly override: BreakDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(BreakLock)
export class BreakLockHandler implements ICommandHandler<BreakLock> {
  constructor(
    private readonly commands: Commands,
    private readonly directory: LockDirectory,
    private readonly ended: EndedLocks,
  ) {}

  async execute({ id, override, context }: BreakLock): Promise<Outcome> {
    const place = await this.directory.find(id);
    if (!place) return this.ended.unknown();
    const { session_id, reason } = override;
    const outcome = await this.commands.execute(
      {
        decider: lockDecider,
        stream: lockStream(place.project_key),
        command: { type: 'BreakLock', lock_id: id, session_id, reason, now: context.now },
        context: { ...context, project_key: place.project_key },
        answer: (events, _, before) => answerEnded(id, events, before, session_id, context.now),
      },
      override,
    );
    return this.ended.answerIfEnded(outcome, id, place, context);
  }
}
