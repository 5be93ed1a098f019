import { ALL_SESSIONS, addressee } from '@coord/domain/message/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listMessages, listUnanswered } from '@projections/inbox/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import { Deliveries } from '../deliveries';
import { InboxWindow } from '../inbox-window';
import type { MessagesQuery, UnansweredQuery } from '../message.dto';
import { type MessageView, rowView } from '../message.view';

type Page = { items: MessageView[]; nextCursor: string | null };

/** Messages, oldest first. A session that asks for its inbox has been shown what is in it. */
export class ListMessages extends Query<Page> {
  constructor(
    readonly query: MessagesQuery,
    readonly requestId: string,
  ) {
    super();
  }
}

@QueryHandler(ListMessages)
export class ListMessagesHandler implements IQueryHandler<ListMessages> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly deliveries: Deliveries,
    private readonly window: InboxWindow,
  ) {}

  async execute({ query, requestId }: ListMessages): Promise<Page> {
    const toSession = query.to_session === undefined ? undefined : addressee(query.to_session);
    const rows = await listMessages(this.readModels.sql, {
      toSession,
      unreadOnly: query.unread_only,
      broadcastsSince: this.window.start,
      projectKey: query.project_key,
      fromSession: query.from_session,
      type: query.type,
      priority: query.priority,
      since: query.since === undefined ? undefined : new Date(query.since),
      thread: query.thread,
      after: afterOf(query),
      limit: pageSize(query) + 1,
    });
    const page = pageOf(query, rows, (last) => ({ after: Number(last.position) }));
    if (toSession !== undefined && toSession !== ALL_SESSIONS) await this.deliveries.record(page.rows, toSession, requestId);
    return { items: page.rows.map(rowView), nextCursor: page.nextCursor };
  }
}

export class ListUnanswered extends Query<Page> {
  constructor(readonly query: UnansweredQuery) {
    super();
  }
}

@QueryHandler(ListUnanswered)
export class ListUnansweredHandler implements IQueryHandler<ListUnanswered> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListUnanswered): Promise<Page> {
    const asked = { projectKey: query.project_key, after: afterOf(query), limit: pageSize(query) + 1 };
    const page = pageOf(query, await listUnanswered(this.readModels.sql, asked), (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(rowView), nextCursor: page.nextCursor };
  }
}
