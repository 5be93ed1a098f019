import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findWorkflow, listWorkItems } from '@projections/work/index';
import { LIST_LIMIT } from '../../http/list';
import { Refused } from '../../http/problems';
import { type WorkItemView, workItemRowView } from '../../work-item/work-item.view';
import { type WorkflowView, workflowRowView } from '../workflow.view';

/** A workflow with its work items. */
export class FindWorkflow extends Query<WorkflowView & { work_items: WorkItemView[] }> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindWorkflow)
export class FindWorkflowHandler implements IQueryHandler<FindWorkflow> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ id }: FindWorkflow) {
    const { sql } = this.readModels;
    const [row, items] = await Promise.all([findWorkflow(sql, id), listWorkItems(sql, { workflowId: id, limit: LIST_LIMIT })]);
    if (!row) throw new Refused({ problem: 'not-found', what: 'workflow with this id' });
    return { ...workflowRowView(row), work_items: items.map(workItemRowView) };
  }
}
