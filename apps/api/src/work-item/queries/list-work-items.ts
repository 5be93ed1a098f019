import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listWorkItems } from '@projections/work/index';
import { decodeCursor, isInt4, pageOf, pageSize } from '../../http/list';
import type { WorkItemsQuery } from '../work-item.dto';
import { type WorkItemView, workItemRowView } from '../work-item.view';

type Place = { priority: number; position: number };

/** Work items, higher priority first, then older first. */
export class ListWorkItems extends Query<{ items: WorkItemView[]; nextCursor: string | null }> {
  constructor(readonly query: WorkItemsQuery) {
    super();
  }
}

@QueryHandler(ListWorkItems)
export class ListWorkItemsHandler implements IQueryHandler<ListWorkItems> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListWorkItems) {
    const after = decodeCursor('work-items', query, (place): place is Place => isInt4(place.priority) && Number.isSafeInteger(place.position));
    const rows = await listWorkItems(this.readModels.sql, {
      projectKey: query.project_key,
      workflowId: query.workflow_id,
      status: query.status,
      assignedTo: query.assigned_to,
      ready: query.ready,
      after: after ?? undefined,
      limit: pageSize(query) + 1,
    });
    const page = pageOf('work-items', query, rows, (last) => ({ priority: last.priority, position: Number(last.position) }));
    return { items: page.rows.map(workItemRowView), nextCursor: page.nextCursor };
  }
}
