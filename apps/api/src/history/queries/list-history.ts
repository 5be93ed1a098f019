import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listHistory, type Moment } from '@projections/history/index';
import type { LogPoint } from '../../http/fields';
import { afterOf, pageOf, pageSize } from '../../http/list';
import { type EventView, eventView } from '../event.view';
import type { HistoryQueryDto } from '../history.dto';
import { filterOf } from './events-filter';

type Page = { items: EventView[]; nextCursor: string | null };

export class ListHistory extends Query<Page> {
  constructor(readonly query: HistoryQueryDto) {
    super();
  }
}

@QueryHandler(ListHistory)
export class ListHistoryHandler implements IQueryHandler<ListHistory> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListHistory): Promise<Page> {
    const rows = await listHistory(this.readModels.sql, {
      ...filterOf(query),
      from: momentOf(query.from),
      to: momentOf(query.to),
      after: afterOf('history', query),
      limit: pageSize(query) + 1,
    });
    const page = pageOf('history', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(eventView), nextCursor: page.nextCursor };
  }
}

export const momentOf = (point: LogPoint | undefined): Moment | undefined => (point && 'time' in point ? { at: new Date(point.time) } : point);
