import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listRequests } from '@projections/locks/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import type { QueueQuery } from '../lock.dto';

/** One resource that a claim waits for, as it goes over the wire. */
type RequestView = {
  request_id: string;
  project_key: string;
  session_id: string;
  resource: string;
  mode: string;
  queued_at: string;
  until: string;
};

/** Who waits for what, in order. */
export class ListQueue extends Query<{ items: RequestView[]; nextCursor: string | null }> {
  constructor(
    readonly query: QueueQuery,
    /** `AskedAt`. */
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(ListQueue)
export class ListQueueHandler implements IQueryHandler<ListQueue> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, now }: ListQueue) {
    const asked = { projectKey: query.project_key, after: afterOf('lock-queue', query), limit: pageSize(query) + 1, now: new Date(now) };
    const page = pageOf('lock-queue', query, await listRequests(this.readModels.sql, asked), (last) => ({ after: Number(last.position) }));
    const items = page.rows.map(({ position: _, queued_at, until, ...row }) => ({
      ...row,
      queued_at: queued_at.toISOString(),
      until: until.toISOString(),
    }));
    return { items, nextCursor: page.nextCursor };
  }
}
