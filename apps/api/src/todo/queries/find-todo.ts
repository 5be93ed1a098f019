import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { findTodo } from '@projections/todos/index';
import { Refused } from '../../http/problems';
import { rowView, type TodoView } from '../todo.view';

export class FindTodo extends Query<TodoView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindTodo)
export class FindTodoHandler implements IQueryHandler<FindTodo> {
  constructor(private readonly readModels: ReadModels) {}

  /** @throws Refused `not-found` */
  async execute({ id }: FindTodo): Promise<TodoView> {
    const row = await findTodo(this.readModels.sql, id);
    if (!row) throw new Refused({ problem: 'not-found', what: 'todo with this id' });
    return rowView(row);
  }
}
