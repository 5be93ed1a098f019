import { CommandRunner } from '@coord/command-runner/index';
import { lockDecider, lockStream, type ProjectLocks } from '@coord/domain/lock/index';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';

/** Lets a project's queue move on by the clock: what has run out is put on record, and whoever waited for that is served. */
@Injectable()
export class QueueClock {
  /** Those whose time has not been taken: more may join them. */
  private readonly rounds = new Map<string, Promise<ProjectLocks>>();

  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * All that wait for the same moment share one command.
   * @returns the project's locks after that
   * @throws StoreUnavailable
   */
  moveOn(project_key: string): Promise<ProjectLocks> {
    const known = this.rounds.get(project_key);
    if (known) return known;
    const round = this.run(project_key);
    this.rounds.set(project_key, round);
    return round;
  }

  private async run(project_key: string): Promise<ProjectLocks> {
    await new Promise(setImmediate); // the timers of one moment fire one after the other
    this.rounds.delete(project_key);
    const now = this.clock.now();
    const stream = lockStream(project_key);
    await this.runner.run({
      decider: lockDecider,
      stream,
      command: { type: 'ExpireLocks', now },
      context: { actor: null, now, project_key, correlation_id: null },
      answer: () => ({ status: 200, body: null }),
    });
    return (await this.runner.observe(lockDecider, stream)).state;
  }
}
