import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { isKnown, listHeartbeats } from '@projections/sessions/index';
import { afterOf, type ListQuery, pageOf, pageSize } from '../../http/list';
import { Refused } from '../../http/problems';
import { heartbeatView } from '../session.view';

type Page = { items: ReturnType<typeof heartbeatView>[]; nextCursor: string | null };

/** What a session said it was at, latest first. */
export class ListHeartbeats extends Query<Page> {
  constructor(
    readonly id: string,
    readonly query: ListQuery,
  ) {
    super();
  }
}

@QueryHandler(ListHeartbeats)
export class ListHeartbeatsHandler implements IQueryHandler<ListHeartbeats> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ id, query }: ListHeartbeats): Promise<Page> {
    const { sql } = this.readModels;
    const rows = await listHeartbeats(sql, id, afterOf('heartbeats', query), pageSize(query) + 1);
    if (rows.length === 0 && !(await isKnown(sql, id))) throw new Refused({ problem: 'not-found', what: 'session with this id' });
    const page = pageOf('heartbeats', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(heartbeatView), nextCursor: page.nextCursor };
  }
}
