import { Body, Controller, Get, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList } from '../http/list';
import { PathId } from '../http/path';
import { Input } from '../http/request-input';
import { AddTodo } from './commands/add-todo';
import { ChangeTodo } from './commands/change-todo';
import { CompleteTodo } from './commands/complete-todo';
import { ReopenTodo } from './commands/reopen-todo';
import { FindTodo } from './queries/find-todo';
import { ListTodos } from './queries/list-todos';
import { AddTodoDto, ChangeTodoDto, CompleteTodoDto, ReopenTodoDto, TodosQuery } from './todo.dto';
import { TODO, TODO_EXAMPLE } from './todo.schema';

const ANSWER = { schema: TODO, example: TODO_EXAMPLE };
const DONE = { ...TODO_EXAMPLE, status: 'done', completed_at: '2026-05-12T16:00:00.000Z', completed_by: 'WORKSHOP/claude-main' };

@ApiTags('Todos')
@Controller('todos')
export class TodoController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Add a todo', success: { ...ANSWER, status: 201 }, problems: ['fence-superseded'] })
  async add(@Body() body: AddTodoDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id ?? null, project_key: body.project_key ?? null });
    return send(await this.commands.execute(new AddTodo(body, context)), reply);
  }

  @Get()
  @ReadsFrom('todos')
  @Documented({
    summary: 'List todos, oldest first; without a status, those that are open',
    success: { ...ANSWER, list: true, example: [TODO_EXAMPLE] },
  })
  async list(@Query() query: TodosQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListTodos(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom('todos')
  @Documented({ summary: 'Look at a todo', success: ANSWER, problems: ['not-found'] })
  find(@PathId('todo') id: string) {
    return this.queries.execute(new FindTodo(id));
  }

  @Patch(':id')
  @Documented({ summary: 'Change a todo; what is left out stays as it is', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  async change(
    @PathId('todo') id: string,
    @Body() body: ChangeTodoDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: body.session_id ?? null, project_key: null });
    return send(await this.commands.execute(new ChangeTodo(id, body, context)), reply);
  }

  @Put(':id/done')
  @Documented({
    summary: 'Say that a todo is done; done twice, it is the first who has done it',
    success: { schema: TODO, example: DONE },
    problems: ['not-found', 'fence-superseded'],
  })
  async complete(
    @PathId('todo') id: string,
    @Input() input: CompleteTodoDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const session = input.session_id ?? input.completed_by ?? null;
    const context = contextOf(request, this.clock, { session, project_key: null });
    return send(await this.commands.execute(new CompleteTodo(id, input.completed_by ?? session, input, context)), reply);
  }

  @Put(':id/reopen')
  @Documented({ summary: 'Take back that a todo is done', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  async reopen(
    @PathId('todo') id: string,
    @Input() input: ReopenTodoDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const session = input.session_id ?? null;
    const context = contextOf(request, this.clock, { session, project_key: null });
    return send(await this.commands.execute(new ReopenTodo(id, session, input, context)), reply);
  }
}
