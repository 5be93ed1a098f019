import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findMessage, receiptsOf } from '@projections/inbox/index';
import { Refused } from '../../http/problems';
import { type MessageView, rowView } from '../message.view';

type WholeMessage = MessageView & { delivered_to: string[]; read_by: string[]; acknowledged_by: string[] };

/** A message as `reader` sees it (undefined: its addressee), and what everyone did with it. */
export class FindMessage extends Query<WholeMessage> {
  constructor(
    readonly id: string,
    readonly reader: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(FindMessage)
export class FindMessageHandler implements IQueryHandler<FindMessage> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ id, reader }: FindMessage): Promise<WholeMessage> {
    const { sql } = this.readModels;
    const [row, receipts] = await Promise.all([findMessage(sql, id, reader ?? null), receiptsOf(sql, id)]);
    if (!row) throw new Refused({ problem: 'not-found', what: 'message with this id' });
    const those = (did: 'delivered_at' | 'read_at' | 'acknowledged_at') => receipts.filter((r) => r[did] !== null).map((r) => r.session_id);
    return { ...rowView(row), delivered_to: those('delivered_at'), read_by: those('read_at'), acknowledged_by: those('acknowledged_at') };
  }
}
