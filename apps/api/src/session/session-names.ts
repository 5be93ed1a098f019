import { type CommandContext, CommandRunner, derivedId } from '@coord/command-runner/index';
import { namingDecider, namingStream } from '@coord/domain/session/index';
import { Injectable } from '@nestjs/common';

/**
 * Names for sessions that come without one: `session-<unix seconds>`. Several in one second get the seconds that follow. Whether a name is
 * free its own stream decides; under a key, a stream of the key remembers which name it led to, so that the same request meets it again.
 */
@Injectable()
export class SessionNames {
  private last = 0;

  constructor(private readonly runner: CommandRunner) {}

  /** @throws StoreUnavailable */
  first(context: CommandContext): Promise<string> {
    return this.name(null, context);
  }

  /** Another one: `name` is someone else's. @throws StoreUnavailable */
  insteadOf(name: string, context: CommandContext): Promise<string> {
    return this.name(name, context);
  }

  private async name(instead_of: string | null, context: CommandContext): Promise<string> {
    const candidate = this.next(context.now);
    const { idempotency, now } = context;
    if (!idempotency) return candidate;
    const outcome = await this.runner.run({
      decider: namingDecider,
      stream: namingStream(derivedId('session name', idempotency.scope)),
      command: { type: 'NameSession', session_id: candidate, instead_of, now },
      context: { ...context, idempotency: undefined },
      answer: (_, name) => ({ status: 200, body: name }),
    });
    return 'answer' in outcome ? String(outcome.answer.body) : candidate;
  }

  private next(now: number): string {
    this.last = Math.max(Math.floor(now / 1_000), this.last + 1);
    return `session-${this.last}`;
  }
}
