import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { lockDecider, lockStream } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { locksByIds } from '@projections/locks/index';
import { Commands } from '../engine/commands';
import { Refused } from '../http/problems';
import { type LockView, rowView } from './lock.view';
import type { LockPlace } from './lock-directory';
import { isRefused, LockRefusals } from './lock-refusals';

/** A lock stream holds what is live. What has ended is found in the read model, at the end of the log. */
@Injectable()
export class EndedLocks {
  constructor(
    private readonly commands: Commands,
    private readonly readModels: ReadModels,
    private readonly refusals: LockRefusals,
  ) {}

  async unknown(): Promise<Outcome> {
    return { problem: { problem: 'not-found', what: 'lock with this id' }, position: await this.readModels.caughtUp({ of: ['locks'] }) };
  }

  /** Releasing or breaking what has ended changes nothing: 200 and the lock as it ended, which a key remembers like any success. */
  async answerIfEnded(outcome: Outcome, id: string, { project_key }: LockPlace, context: CommandContext): Promise<Outcome> {
    if (!isRefused(outcome, 'not-found')) return outcome;
    const body = await this.find(id);
    return this.commands.execute({
      decider: { ...lockDecider, decide: () => [] },
      stream: lockStream(project_key),
      command: { type: 'AnswerEnded' },
      context: { ...context, project_key },
      answer: () => ({ status: 200, body }),
    });
  }

  /** @throws Refused `lock-ended` where the lock is live no more. */
  async refuseIfEnded(outcome: Outcome, id: string): Promise<Outcome> {
    if (isRefused(outcome, 'not-found')) throw new Refused({ problem: 'lock-ended', lock: await this.find(id) }, outcome.position);
    return outcome;
  }

  /** A lock as it is or ended. */
  async find(id: string): Promise<LockView> {
    const { result } = await this.readModels.read((sql) => locksByIds(sql, [id]), { of: ['locks', 'sessions'] });
    const [row] = result;
    if (!row) throw new Error(`The lock ${id} is neither live nor ended.`);
    return rowView(row, this.refusals.look);
  }
}
