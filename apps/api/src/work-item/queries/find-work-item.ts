import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findWorkItem } from '@projections/work/index';
import { Refused } from '../../http/problems';
import { type WorkItemView, workItemRowView } from '../work-item.view';

export class FindWorkItem extends Query<WorkItemView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindWorkItem)
export class FindWorkItemHandler implements IQueryHandler<FindWorkItem> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ id }: FindWorkItem): Promise<WorkItemView> {
    const row = await findWorkItem(this.readModels.sql, id);
    if (!row) throw new Refused({ problem: 'not-found', what: 'work item with this id' });
    return workItemRowView(row);
  }
}
