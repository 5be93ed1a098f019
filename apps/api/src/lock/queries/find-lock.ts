import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { locksByIds } from '@projections/locks/index';
import { Refused } from '../../http/problems';
import { type LockView, rowView } from '../lock.view';
import { LockRefusals } from '../lock-refusals';

export class FindLock extends Query<LockView> {
  constructor(
    readonly id: string,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(FindLock)
export class FindLockHandler implements IQueryHandler<FindLock> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly refusals: LockRefusals,
  ) {}

  /** @throws Refused `not-found` */
  async execute({ id, now }: FindLock): Promise<LockView> {
    const [row] = await locksByIds(this.readModels.sql, [id]);
    if (!row) throw new Refused({ problem: 'not-found', what: 'lock with this id' });
    return rowView(row, this.refusals.lookAt(now));
  }
}
