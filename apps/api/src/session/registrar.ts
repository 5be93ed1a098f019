import { type CommandContext, CommandRunner } from '@coord/command-runner/index';
import { bySessionName, type SessionCommand, sessionDecider, sessionStream } from '@coord/domain/session/index';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/**
 * A session that was never registered may act: its first command registers it; and one that had ended, or was lost, is there again by acting
 * (protocol, "General"). What this process has seen of a session's stream is remembered until it sees the session end or get lost. Where
 * that happened on another instance, the registration policy finds the session that returned.
 */
@Injectable()
export class Registrar {
  private readonly known = new LRUCache<string, true>({ max: 50_000 });

  constructor(private readonly runner: CommandRunner) {}

  /**
   * Registers the session, or lets it resume, unless it is there. Its own stream decides, so doing it twice, or on two instances at once, does
   * no harm. `since`: when it acted, in milliseconds.
   */
  async register(session: string, context: Omit<CommandContext, 'idempotency'>, since = context.now): Promise<void> {
    if (this.known.has(session)) return;
    await this.decide(session, { type: 'RegisterSession', session: bySessionName(session, context.project_key), now: since }, context);
    this.remember(session);
  }

  /** Puts on record that a session acted at `resumed_at` (ISO 8601) after it had ended or was lost. */
  async resume(session: string, resumed_at: string, context: Omit<CommandContext, 'idempotency'>): Promise<void> {
    await this.decide(session, { type: 'ResumeSession', resumed_at }, context);
  }

  /** The session is there: its stream says so. */
  remember(session: string): void {
    this.known.set(session, true);
  }

  /** The session has ended, or is lost: when it acts again, its stream has to say so. */
  forget(session: string): void {
    this.known.delete(session);
  }

  private async decide(session: string, command: SessionCommand, context: Omit<CommandContext, 'idempotency'>): Promise<void> {
    await this.runner.run({
      decider: sessionDecider,
      stream: sessionStream(session),
      command,
      context: { ...context, idempotency: undefined, eventId: undefined },
      answer: () => ({ status: 200, body: null }),
    });
  }
}
