import type { CommandContext, Outcome, Task } from '@coord/command-runner/index';
import { type LockCommand, type LockEvent, lockDecider, lockStream, type ProjectLocks } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { projectsHeldBy } from '@projections/locks/index';
import { Commands } from '../../engine/commands';
import type { ReleaseAllDto } from '../lock.dto';
import type { LockView } from '../lock.view';
import { answerEnded } from './answer-ended';

/** Releases what a session holds, in one project or in all. */
export class ReleaseAllLocks extends Command<Outcome> {
  constructor(
    readonly release: ReleaseAllDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReleaseAllLocks)
export class ReleaseAllLocksHandler implements ICommandHandler<ReleaseAllLocks> {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
  ) {}

  execute({ release, context }: ReleaseAllLocks): Promise<Outcome> {
    return this.commands.once(release.session_id, context, release, async (plain, steps) => {
      const found = await this.projectsOf(release);
      const locks: LockView[] = [];
      let { position } = found;
      for (const outcome of await steps.all(found.projects.map((project) => releaseIn(project, release, plain)))) {
        position = Math.max(position, outcome.position);
        if ('problem' in outcome) return outcome;
        locks.push(...(outcome.answer.body as unknown as LockView[]));
      }
      return { answer: { status: 200, body: { released: locks.length, locks } }, position };
    });
  }

  /** Where it holds something, as of `position`. */
  private async projectsOf({ session_id, project_key }: ReleaseAllDto): Promise<{ projects: string[]; position: number }> {
    if (project_key !== undefined) return { projects: [project_key], position: 0 };
    const { result: projects, position } = await this.readModels.read((sql) => projectsHeldBy(sql, session_id), { of: ['locks'] });
    return { projects, position };
  }
}

/** What a session holds in one project. */
function releaseIn(project_key: string, release: ReleaseAllDto, context: CommandContext): Task<ProjectLocks, LockCommand, LockEvent> {
  const { session_id, reason = null } = release;
  const { now } = context;
  return {
    decider: lockDecider,
    stream: lockStream(project_key),
    command: { type: 'ReleaseAllLocks', session_id, reason, now },
    context: { ...context, project_key },
    answer: (events, _, before) => ({
      status: 200,
      body: events
        .filter((event) => event.type === 'LockReleased')
        .map((event) => answerEnded(event.data.lock_id, events, before, session_id, now).body),
    }),
  };
}
