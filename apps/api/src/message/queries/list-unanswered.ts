import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listUnanswered } from '@projections/inbox/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import type { UnansweredQuery } from '../message.dto';
import { type MessageView, rowView } from '../message.view';

/** Questions and blockers without a response, and acknowledgements owed; oldest first. */
export class ListUnanswered extends Query<{ items: MessageView[]; nextCursor: string | null }> {
  constructor(readonly query: UnansweredQuery) {
    super();
  }
}

@QueryHandler(ListUnanswered)
export class ListUnansweredHandler implements IQueryHandler<ListUnanswered> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListUnanswered) {
    const asked = { projectKey: query.project_key, after: afterOf('unanswered', query), limit: pageSize(query) + 1 };
    const page = pageOf('unanswered', query, await listUnanswered(this.readModels.sql, asked), (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(rowView), nextCursor: page.nextCursor };
  }
}
