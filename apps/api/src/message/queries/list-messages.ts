import { ALL_SESSIONS, addressee } from '@coord/domain/message/index';
import type { JsonObject } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listMessages, type MessageRow, searchMessages } from '@projections/inbox/index';
import { queryOf } from '@projections/search/index';
import type { Sql } from 'postgres';
import { Arrivals } from '../../engine/arrivals';
import { afterOf, decodeCursor, isInt4, pageOf, pageSize } from '../../http/list';
import { awaitedBy } from '../awaited-messages';
import { Deliveries } from '../deliveries';
import { InboxWindow } from '../inbox-window';
import type { MessagesQuery } from '../message.dto';
import { type MessageView, rowView } from '../message.view';

/** The request that asks: its id, the position that it wants to see at least, and whether its caller is still there. */
interface Asking {
  id: string;
  atLeast?: number;
  signal: AbortSignal;
}
type Place = { rank: number; position: number };
type Found = MessageRow & { rank?: number };

/** Those that were searched for stand in another order, and so have cursors of their own. */
const listOf = ({ q }: MessagesQuery): string => (q === undefined ? 'messages' : 'found-messages');

const placeOf = ({ rank, position }: Found): JsonObject => (rank === undefined ? { after: Number(position) } : { rank, position: Number(position) });

/** Messages, oldest first, or what matches best; with `wait`, as soon as there are any. A session that asks for its inbox has been shown what is in it. */
export class ListMessages extends Query<{ items: MessageView[]; nextCursor: string | null; position: number }> {
  constructor(
    readonly query: MessagesQuery,
    readonly asking: Asking,
  ) {
    super();
  }
}

@QueryHandler(ListMessages)
export class ListMessagesHandler implements IQueryHandler<ListMessages> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly arrivals: Arrivals,
    private readonly deliveries: Deliveries,
    private readonly window: InboxWindow,
  ) {}

  async execute({ query, asking }: ListMessages) {
    const of = query.q === undefined ? ['inbox'] : ['inbox', 'search'];
    const look = () => this.readModels.read((sql) => this.find(sql, query), { of, atLeast: asking.atLeast });
    const waiting = { ms: (query.wait ?? 0) * 1_000, signal: asking.signal };
    const { result: rows, position } =
      query.wait === undefined ? await look() : await this.arrivals.lookUntil(look, ({ result }) => result.length > 0, awaitedBy(query), waiting);
    const page = pageOf(listOf(query), query, rows, placeOf);
    const reader = query.to_session === undefined ? ALL_SESSIONS : addressee(query.to_session);
    // who has hung up was shown nothing
    if (reader !== ALL_SESSIONS && !asking.signal.aborted) await this.deliveries.record(page.rows, reader, asking.id);
    return { items: page.rows.map(({ rank: _, ...row }) => rowView(row)), nextCursor: page.nextCursor, position };
  }

  private async find(sql: Sql, query: MessagesQuery): Promise<Found[]> {
    const asked = {
      toSession: query.to_session === undefined ? undefined : addressee(query.to_session),
      unreadOnly: query.unread_only,
      broadcastsSince: this.window.start,
      projectKey: query.project_key,
      fromSession: query.from_session,
      type: query.type,
      priority: query.priority,
      since: query.since === undefined ? undefined : new Date(query.since),
      thread: query.thread,
      limit: pageSize(query) + 1,
    };
    if (query.q === undefined) return listMessages(sql, { ...asked, after: afterOf(listOf(query), query) });
    const isPlace = (place: object): place is Place =>
      'rank' in place && isInt4(place.rank) && 'position' in place && Number.isSafeInteger(place.position);
    const after = decodeCursor(listOf(query), query, isPlace) ?? undefined;
    const words = queryOf(query.q);
    return words === null ? [] : searchMessages(sql, { ...asked, words, after });
  }
}
