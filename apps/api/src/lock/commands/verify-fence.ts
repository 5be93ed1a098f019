import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { holderOf, lockDecider, lockStream, parseResource } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { VerifyDto } from '../lock.dto';
import { holderView } from '../lock.view';

/** Asks the lock's own stream, not a read model: whoever guards a resource needs the answer as of now. Writes nothing. */
export class VerifyFence extends Command<Outcome> {
  constructor(
    readonly question: VerifyDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(VerifyFence)
export class VerifyFenceHandler implements ICommandHandler<VerifyFence> {
  constructor(private readonly commands: Commands) {}

  execute({ question, context }: VerifyFence): Promise<Outcome> {
    const { project_key, resource, session_id, fence } = question;
    const { now } = context;
    return this.commands.execute({
      decider: lockDecider,
      stream: lockStream(project_key),
      command: { type: 'VerifyFence', resource, session_id, fence, now },
      context: { ...context, idempotency: undefined },
      answer: (_, state) => {
        const parsed = parseResource(resource);
        const lock = 'invalid' in parsed ? undefined : holderOf(fence, session_id, parsed, state, now);
        if (!lock) throw new Error('A fence was found valid without its lock.');
        return {
          status: 200,
          body: { valid: true, lock: holderView(lock, now) },
        };
      },
    });
  }
}
