import { type CommandContext, CommandRunner } from '@coord/command-runner/index';
import { bySessionName, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** A session that was never registered may act: its first command registers it (protocol, "General"). */
@Injectable()
export class Registrar {
  private readonly known = new LRUCache<string, true>({ max: 50_000 });

  constructor(private readonly runner: CommandRunner) {}

  /** Registers the session, unless it is. Its own stream decides, so doing it twice, or on two instances at once, does no harm. */
  async register(session: string, context: Omit<CommandContext, 'idempotency'>): Promise<void> {
    if (this.known.has(session)) return;
    await this.runner.run({
      decider: sessionDecider,
      stream: sessionStream(session),
      command: { type: 'RegisterSession', session: bySessionName(session, context.project_key), now: context.now },
      context: { ...context, idempotency: undefined },
      answer: () => ({ status: 200, body: null }),
    });
    this.known.set(session, true);
  }
}
