import { taskStream } from '@coord/domain/task/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listHistory } from '@projections/history/index';
import { type EventView, eventView } from '../../history/event.view';
import { afterOf, type ListQuery, pageOf, pageSize } from '../../http/list';
import { Refused } from '../../http/problems';

/** What happened to a task, oldest first. */
export class TaskHistory extends Query<{ items: EventView[]; nextCursor: string | null }> {
  constructor(
    readonly taskId: string,
    readonly query: ListQuery,
  ) {
    super();
  }
}

@QueryHandler(TaskHistory)
export class TaskHistoryHandler implements IQueryHandler<TaskHistory> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ taskId, query }: TaskHistory) {
    const after = afterOf('task-history', query);
    const rows = await listHistory(this.readModels.sql, { stream: taskStream(taskId), after, limit: pageSize(query) + 1 });
    if (rows.length === 0 && after === undefined) throw new Refused({ problem: 'not-found', what: 'task with this id' });
    const page = pageOf('task-history', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(eventView), nextCursor: page.nextCursor };
  }
}
