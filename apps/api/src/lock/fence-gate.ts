import { type CommandContext, CommandRunner } from '@coord/command-runner/index';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { invalid, type Problem } from '@coord/domain/problem';
import { Injectable } from '@nestjs/common';
import { NumberField, UuidField } from '../http/fields';
import { LockDirectory } from './lock-directory';

/** Any write may carry a lock and its fence: it is refused once the lock has ended. */
export class FencedWrite {
  @UuidField({ optional: true, description: 'Write only while this lock is live, under the `fence` that it was granted with.' })
  lock_id?: string;
  @NumberField({ min: 1, max: Number.MAX_SAFE_INTEGER, integer: true, optional: true, description: 'The fence of `lock_id`.' })
  fence?: number;
}

/** Checks a write's fence where the lock is decided about: in its project's stream. */
@Injectable()
export class FenceGate {
  constructor(
    private readonly runner: CommandRunner,
    private readonly directory: LockDirectory,
  ) {}

  /** The problem that stands in the write's way, or null. */
  async check({ lock_id, fence }: FencedWrite, context: CommandContext): Promise<{ problem: Problem; position?: number } | null> {
    if (lock_id === undefined && fence === undefined) return null;
    if (lock_id === undefined || fence === undefined) {
      const missing = lock_id === undefined ? 'lock_id' : 'fence';
      return { problem: invalid(missing, 'is missing; lock_id and fence go together') };
    }
    const place = await this.directory.find(lock_id);
    if (!place) return { problem: invalid('lock_id', 'names no lock that was ever granted'), position: await this.directory.reached() };
    const outcome = await this.runner.run({
      decider: lockDecider,
      stream: lockStream(place.project_key),
      command: { type: 'CheckFence', lock_id, resource: place.resource, session_id: context.actor, fence, now: context.now },
      context: { ...context, idempotency: undefined },
      answer: () => ({ status: 200, body: null }),
    });
    return 'problem' in outcome ? outcome : null;
  }
}
