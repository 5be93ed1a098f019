import { type CommandContext, CommandRunner, derivedId } from '@coord/command-runner/index';
import type { DomainEvent } from '@coord/domain/decider';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { locksClaimedBefore } from '@projections/locks/index';
import { lastEnd, type SessionEnd, unfinishedEnds } from '@projections/sessions/index';
import { Clock } from '../clock';
import { SessionRequests } from '../lock/session-requests';

const AT_ONCE = 100;
const READ_MODELS = { of: ['sessions', 'locks'] };

/**
 * What follows from the end of a session: what it waits for is withdrawn, and what it held is released, in as many streams as it held locks in (architecture, decision 13). The
 * ids of these events derive from that of `SessionEnded`. They are nobody's doing, or the session would be there again by them.
 */
@Injectable()
export class SessionEnds {
  /** Up to this position every end was found to have been followed. */
  private finishedUpTo = 0;

  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly requests: SessionRequests,
    private readonly clock: Clock,
  ) {}

  /**
   * Releases what a session held when it ended last. `position`: where the log stood after that.
   * @returns the position of the last release
   * @throws StoreUnavailable
   */
  async finish(session: string, position: number, correlation_id: string | null): Promise<number> {
    const { result } = await this.readModels.read((sql) => lastEnd(sql, session), { ...READ_MODELS, atLeast: position });
    return result ? this.release(result, correlation_id) : position;
  }

  /** Finishes the ends whose process died. @throws StoreUnavailable */
  async finishAll(): Promise<void> {
    const ask = async (sql: Parameters<typeof unfinishedEnds>[0], position: number) => ({
      position,
      ends: await unfinishedEnds(sql, this.finishedUpTo, AT_ONCE),
    });
    const { ends, position } = (await this.readModels.read(ask, READ_MODELS)).result;
    await Promise.all(ends.map((end) => this.release(end, null)));
    this.finishedUpTo = ends.length < AT_ONCE ? position : (ends.at(-1)?.position ?? position);
  }

  private async release({ session_id, event_id, position }: SessionEnd, correlation_id: string | null): Promise<number> {
    const { result: locks } = await this.readModels.read((sql) => locksClaimedBefore(sql, session_id, position), READ_MODELS);
    const now = this.clock.now();
    const eventId = ({ type, data }: DomainEvent) => derivedId('session end', event_id, type, JSON.stringify(subjectOf(data)));
    const context: CommandContext = { actor: null, now, project_key: null, correlation_id, causation_id: event_id, eventId };
    const withdrawn = await this.requests.withdraw(session_id, 'session ended', context, position);
    const outcomes = await Promise.all(
      [...new Set(locks.map(({ project_key }) => project_key))].map((project_key) =>
        this.runner.run({
          decider: lockDecider,
          stream: lockStream(project_key),
          command: { type: 'ReleaseAllLocks', session_id, reason: 'session ended', only: locks.map(({ id }) => id), now },
          context: { ...context, project_key },
          answer: () => ({ status: 200, body: null }),
        }),
      ),
    );
    return Math.max(position, withdrawn, ...outcomes.map((outcome) => outcome.position));
  }
}

/** The lock that an event is about; with the request, where it ends one: two may be granted the same lock, shared or renewed, at once. */
const subjectOf = (data: object): unknown =>
  'lock_id' in data ? ('request_id' in data && data.request_id !== undefined ? [data.lock_id, data.request_id] : data.lock_id) : data;
