import { parseResource } from '@coord/domain/lock/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listHistory, type Moment } from '@projections/history/index';
import type { LogPoint } from '../../http/fields';
import { afterOf, pageOf, pageSize } from '../../http/list';
import { refusedField } from '../../http/problems';
import { type EventView, eventView } from '../event.view';
import type { HistoryQueryDto } from '../history.dto';

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
      projectKey: query.project_key,
      sessionId: query.session_id,
      type: query.type,
      stream: query.stream,
      resource: query.resource === undefined ? undefined : normalForm(query.resource),
      from: momentOf(query.from),
      to: momentOf(query.to),
      after: afterOf(query),
      limit: pageSize(query) + 1,
    });
    const page = pageOf(query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(eventView), nextCursor: page.nextCursor };
  }
}

const momentOf = (point: LogPoint | undefined): Moment | undefined => (point && 'time' in point ? { at: new Date(point.time) } : point);

function normalForm(text: string): string {
  const resource = parseResource(text);
  if ('invalid' in resource) throw refusedField('resource', resource.invalid);
  return resource.text;
}
