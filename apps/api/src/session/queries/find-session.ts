import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findSession } from '@projections/sessions/index';
import { Refused } from '../../http/problems';
import type { SessionView } from '../session.view';
import { SessionLooks } from '../session-looks';

export class FindSession extends Query<SessionView> {
  constructor(
    readonly id: string,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(FindSession)
export class FindSessionHandler implements IQueryHandler<FindSession> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly looks: SessionLooks,
  ) {}

  /** @throws Refused `not-found` */
  async execute({ id, now }: FindSession): Promise<SessionView> {
    const row = await findSession(this.readModels.sql, id);
    const [view] = row ? await this.looks.views([row], now) : [];
    if (!view) throw new Refused({ problem: 'not-found', what: 'session with this id' });
    return view;
  }
}
