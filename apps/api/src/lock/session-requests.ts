import { type CommandContext, CommandRunner } from '@coord/command-runner/index';
import { lockDecider, lockStream, type WithdrawalReason } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { requestsOf } from '@projections/locks/index';

/** What a session waits for goes with it when it ends or is lost: those behind it are served. */
@Injectable()
export class SessionRequests {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Withdraws what a session waits for; with `before`, what it has waited for since before that position.
   * @returns the position of the last withdrawal, 0 if it waits for nothing
   * @throws StoreUnavailable
   */
  async withdraw(session_id: string, reason: WithdrawalReason, context: CommandContext, before?: number): Promise<number> {
    const { result: requests } = await this.readModels.read((sql) => requestsOf(sql, session_id, before), { of: ['locks'] });
    const ids = requests.map(({ request_id }) => request_id);
    const outcomes = await Promise.all(
      [...new Set(requests.map(({ project_key }) => project_key))].map((project_key) =>
        this.runner.run({
          decider: lockDecider,
          stream: lockStream(project_key),
          command: { type: 'WithdrawRequests', session_id, only: ids, reason, now: context.now },
          context: { ...context, project_key },
          answer: () => ({ status: 200, body: null }),
        }),
      ),
    );
    return Math.max(0, ...outcomes.map(({ position }) => position));
  }
}
