import { CommandRunner } from '@coord/command-runner/index';
import { sessionDecider, sessionStream } from '@coord/domain/session/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { silentSessions } from '@projections/sessions/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { SessionRequests } from '../lock/session-requests';
import { Registrar } from './registrar';

const AT_ONCE = 100;

/**
 * Puts on record that a session is lost, though nobody asks, and withdraws what it waits for. Its own stream decides; what the read models know of its last sign comes
 * with the command, because not every sign is an event of that stream (docs/decisions/0014).
 */
@Injectable()
export class LostSweeper {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly registrar: Registrar,
    private readonly requests: SessionRequests,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /** @throws StoreUnavailable */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const { lostAfterMs: lost_after } = this.configuration;
    const { result } = await this.readModels.read((sql) => silentSessions(sql, new Date(now - lost_after), AT_ONCE), { of: ['sessions'] });
    await Promise.all(
      result.map(async ({ session_id, last_activity_at }) => {
        const context = { actor: null, now, project_key: null, correlation_id: null };
        const { wrote } = await this.runner.run({
          decider: sessionDecider,
          stream: sessionStream(session_id),
          command: { type: 'LoseSession', last_activity_at: last_activity_at.toISOString(), lost_after, now },
          context,
          answer: () => ({ status: 200, body: null }),
        });
        this.registrar.forget(session_id);
        if (wrote) await this.requests.withdraw(session_id, 'session lost', context);
      }),
    );
  }
}
