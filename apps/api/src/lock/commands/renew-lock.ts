import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import { EndedLocks } from '../ended-locks';
import type { RenewDto } from '../lock.dto';
import { holderView } from '../lock.view';
import { LockDirectory } from '../lock-directory';

/** Renews a lease: its time counts from now. */
export class RenewLock extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly renewal: RenewDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RenewLock)
export class RenewLockHandler implements ICommandHandler<RenewLock> {
  constructor(
    private readonly commands: Commands,
    private readonly directory: LockDirectory,
    private readonly ended: EndedLocks,
  ) {}

  async execute({ id, renewal, context }: RenewLock): Promise<Outcome> {
    const place = await this.directory.find(id);
    if (!place) return this.ended.unknown();
    const { session_id, ttl_hours } = renewal;
    const { now } = context;
    const outcome = await this.commands.execute(
      {
        decider: lockDecider,
        stream: lockStream(place.project_key),
        command: { type: 'RenewLock', lock_id: id, session_id, ttl_hours, now },
        context: { ...context, project_key: place.project_key },
        answer: (_, after) => {
          const lock = after.locks.get(id);
          if (!lock) throw new Error('A lock was renewed that is not there.');
          return { status: 200, body: holderView(lock, now) };
        },
      },
      renewal,
    );
    return this.ended.refuseIfEnded(outcome, id);
  }
}
