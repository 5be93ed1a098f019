import { CommandRunner } from '@coord/command-runner/index';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { projectsWithExpired } from '@projections/locks/index';
import { Clock } from '../clock';

/** Puts on record what has run out, though nobody asks. Which locks that are, each project's stream decides. */
@Injectable()
export class ExpirySweeper {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  /** @throws StoreUnavailable */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const { result: projects } = await this.readModels.read((sql) => projectsWithExpired(sql, new Date(now)), { of: ['locks'] });
    await Promise.all(
      projects.map((project_key) =>
        this.runner.run({
          decider: lockDecider,
          stream: lockStream(project_key),
          command: { type: 'ExpireLocks', now },
          context: { actor: null, now, project_key, correlation_id: null },
          answer: () => ({ status: 200, body: null }),
        }),
      ),
    );
  }
}
