import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listWorkflows } from '@projections/work/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import type { WorkflowsQuery } from '../workflow.dto';
import { type WorkflowView, workflowRowView } from '../workflow.view';

/** Workflows, oldest first. */
export class ListWorkflows extends Query<{ items: WorkflowView[]; nextCursor: string | null }> {
  constructor(readonly query: WorkflowsQuery) {
    super();
  }
}

@QueryHandler(ListWorkflows)
export class ListWorkflowsHandler implements IQueryHandler<ListWorkflows> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListWorkflows) {
    const asked = { projectKey: query.project_key, status: query.status, after: afterOf('workflows', query), limit: pageSize(query) + 1 };
    const page = pageOf('workflows', query, await listWorkflows(this.readModels.sql, asked), (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(workflowRowView), nextCursor: page.nextCursor };
  }
}
