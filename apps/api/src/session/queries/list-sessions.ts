import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listSessions } from '@projections/sessions/index';
import { Configuration } from '../../configuration';
import { afterOf, pageOf, pageSize } from '../../http/list';
import type { SessionsQuery } from '../session.dto';
import type { SessionView } from '../session.view';
import { SessionLooks } from '../session-looks';

type Page = { items: SessionView[]; nextCursor: string | null };

/** Sessions, those that came last first. */
export class ListSessions extends Query<Page> {
  constructor(
    readonly query: SessionsQuery,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly looks: SessionLooks,
    private readonly configuration: Configuration,
  ) {}

  async execute({ query, now }: ListSessions): Promise<Page> {
    const { idleAfterMs, lostAfterMs } = this.configuration;
    const rows = await listSessions(this.readModels.sql, {
      status: query.status,
      projectKey: query.project_key,
      before: afterOf('sessions', query),
      limit: pageSize(query) + 1,
      idleSince: new Date(now - idleAfterMs),
      lostSince: new Date(now - lostAfterMs),
    });
    const page = pageOf('sessions', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: await this.looks.views(page.rows, now), nextCursor: page.nextCursor };
  }
}
