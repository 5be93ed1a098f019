import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { listTodos } from '@projections/todos/index';
import { afterOf, pageOf, pageSize } from '../../http/list';
import type { TodosQuery } from '../todo.dto';
import { rowView, type TodoView } from '../todo.view';

/** Todos, oldest first. */
export class ListTodos extends Query<{ items: TodoView[]; nextCursor: string | null }> {
  constructor(readonly query: TodosQuery) {
    super();
  }
}

@QueryHandler(ListTodos)
export class ListTodosHandler implements IQueryHandler<ListTodos> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListTodos) {
    const { user, project_key: projectKey, status } = query;
    const asked = { user, projectKey, status: status === 'all' ? undefined : status, after: afterOf('todos', query), limit: pageSize(query) + 1 };
    const page = pageOf('todos', query, await listTodos(this.readModels.sql, asked), (last) => ({ after: Number(last.position) }));
    return { items: page.rows.map(rowView), nextCursor: page.nextCursor };
  }
}
