import type { JsonObject } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findTask, listTasks } from '@projections/tasks/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import { Refused } from '../../http/problems';
import type { TasksQuery } from '../task.dto';
import { taskView } from '../task.view';

/** Tasks, oldest first. */
export class ListTasks extends Query<{ items: JsonObject[]; nextCursor: string | null }> {
  constructor(readonly query: TasksQuery) {
    super();
  }
}

@QueryHandler(ListTasks)
export class ListTasksHandler implements IQueryHandler<ListTasks> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListTasks) {
    const { project_key: projectKey, status, blocked } = query;
    const rows = await listTasks(this.readModels.sql, { projectKey, status, blocked, after: afterOf('tasks', query), limit: pageSize(query) + 1 });
    const page = pageOf('tasks', query, rows, (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(({ state }) => taskView(state)), nextCursor: page.nextCursor };
  }
}

export class FindTask extends Query<JsonObject> {
  constructor(readonly taskId: string) {
    super();
  }
}

@QueryHandler(FindTask)
export class FindTaskHandler implements IQueryHandler<FindTask> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ taskId }: FindTask): Promise<JsonObject> {
    const task = await findTask(this.readModels.sql, taskId);
    if (!task) throw new Refused({ problem: 'not-found', what: 'task with this id' });
    return taskView(task);
  }
}
