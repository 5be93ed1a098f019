import { Module } from '@nestjs/common';
import { AddTodoHandler } from './commands/add-todo';
import { ChangeTodoHandler } from './commands/change-todo';
import { CompleteTodoHandler } from './commands/complete-todo';
import { ReopenTodoHandler } from './commands/reopen-todo';
import { FindTodoHandler } from './queries/find-todo';
import { ListTodosHandler } from './queries/list-todos';
import { TodoController } from './todo.controller';
import { TodoPlaces } from './todo-places';

const COMMANDS = [AddTodoHandler, ChangeTodoHandler, CompleteTodoHandler, ReopenTodoHandler];

@Module({ controllers: [TodoController], providers: [...COMMANDS, ListTodosHandler, FindTodoHandler, TodoPlaces] })
export class TodoModule {}
