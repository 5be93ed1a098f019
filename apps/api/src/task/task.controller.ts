import type { TaskCommand } from '@coord/domain/task/index';
import { Body, Controller, Get, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { EVENT, EVENT_EXAMPLE } from '../history/event.schema';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { ifMatch } from '../http/if-match';
import { answerList, ListQuery } from '../http/list';
import { PathKey } from '../http/path';
import { refusedField } from '../http/problems';
import { Input } from '../http/request-input';
import { TASK } from '../schemas/task-progress.schema';
import { WriteTask } from './commands/write-task';
import { FindTask, ListTasks } from './queries/list-tasks';
import { TaskHistory } from './queries/task-history';
import { BlockerDto, CompleteDto, StepsDto, type TaskDocumentDto, TasksQuery, TaskWriteDto } from './task.dto';
import { ARTIFACT_BODY, GATE_BODY, PATCH_BODY, TASK_BODY, TASK_EXAMPLE } from './task.schema';
import { artifactIn, gateIn, patchIn, taskIn } from './task-documents';

const ANSWER = { schema: TASK, example: TASK_EXAMPLE };
const ONE = ':task_id';

type Decision = TaskCommand extends infer C ? (C extends TaskCommand ? Omit<C, 'session_id' | 'now'> : never) : never;

@ApiTags('Tasks')
@Controller('tasks')
export class TaskController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Put(ONE)
  @ApiBody({ schema: TASK_BODY as never })
  @Documented({
    summary: "Say what a task's whole document is",
    description: 'What it changes becomes events. What it leaves out is empty, except for the project, the session and when it was started.',
    success: [{ status: 201, description: 'A task that was not there.', ...ANSWER }, ANSWER],
    problems: ['gates-not-passed', 'revision-conflict', 'fence-superseded'],
  })
  put(@PathKey('task_id') task_id: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { own, document } = taskIn(body, task_id);
    const command = { type: 'PutTask' as const, task_id, project_key: own.project_key, document, if_match: ifMatch(request) };
    return this.write(task_id, command, own, request, reply);
  }

  @Patch(ONE)
  @ApiBody({ schema: PATCH_BODY as never })
  @Documented({
    summary: 'Change parts of a task',
    description: 'Of `quality_gates` and `metrics`, what the patch names; null removes one. Lists are replaced.',
    success: ANSWER,
    problems: ['not-found', 'gates-not-passed', 'revision-conflict', 'fence-superseded'],
  })
  patch(@PathKey('task_id') task_id: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { own, patch } = patchIn(body, task_id);
    const command = { type: 'PatchTask' as const, task_id, project_key: own.project_key, patch, if_match: ifMatch(request) };
    return this.write(task_id, command, own, request, reply);
  }

  @Post(`${ONE}/steps`)
  @Documented({ summary: 'Say which steps are done, under way and left', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  steps(@PathKey('task_id') taskId: string, @Body() body: StepsDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { completed, current, remaining } = body;
    if (completed === undefined && current === undefined && remaining === undefined)
      throw refusedField('completed', 'is missing; say what is completed, current or remaining');
    return this.write(taskId, { type: 'TakeSteps', completed, current, remaining }, body, request, reply);
  }

  @Post(`${ONE}/artifacts`)
  @ApiBody({ schema: ARTIFACT_BODY as never })
  @Documented({ summary: 'Record an artifact, in place of the one with its path', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  artifact(
    @PathKey('task_id') taskId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { own, artifact } = artifactIn(body);
    return this.write(taskId, { type: 'RecordArtifact', artifact }, own, request, reply);
  }

  @Post(`${ONE}/quality-gates`)
  @ApiBody({ schema: GATE_BODY as never })
  @Documented({ summary: 'Report what a quality gate says, with its figures', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  gate(@PathKey('task_id') taskId: string, @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { own, name, gate } = gateIn(body, this.clock.now());
    return this.write(taskId, { type: 'ReportGate', name, gate }, own, request, reply);
  }

  @Post(`${ONE}/blockers`)
  @Documented({ summary: 'Say what stands in the way of a task', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  block(
    @PathKey('task_id') taskId: string,
    @Body() body: BlockerDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.write(taskId, { type: 'BlockTask', blocked_on: body.reason }, body, request, reply);
  }

  @Post(`${ONE}/unblock`)
  @Documented({ summary: 'Say that nothing stands in the way any more', success: ANSWER, problems: ['not-found', 'fence-superseded'] })
  unblock(
    @PathKey('task_id') taskId: string,
    @Input() input: TaskWriteDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.write(taskId, { type: 'UnblockTask' }, input, request, reply);
  }

  @Post(`${ONE}/complete`)
  @Documented({
    summary: 'Complete a task, whose gates have to have passed',
    success: ANSWER,
    problems: ['not-found', 'gates-not-passed', 'fence-superseded'],
  })
  complete(
    @PathKey('task_id') taskId: string,
    @Input() input: CompleteDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { required_gates, force, reason = null } = input;
    return this.write(taskId, { type: 'CompleteTask', required_gates, force, reason }, input, request, reply);
  }

  @Get()
  @ReadsFrom('tasks')
  @Documented({ summary: 'List tasks, oldest first', success: { list: true, schema: TASK, example: [TASK_EXAMPLE] } })
  async list(@Query() query: TasksQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListTasks(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(ONE)
  @ReadsFrom('tasks')
  @Documented({ summary: 'Look at a task', success: ANSWER, problems: ['not-found'] })
  find(@PathKey('task_id') taskId: string) {
    return this.queries.execute(new FindTask(taskId));
  }

  @Get(`${ONE}/history`)
  @ReadsFrom('history')
  @Documented({
    summary: 'List what happened to a task, oldest first',
    success: { list: true, schema: EVENT, example: [EVENT_EXAMPLE] },
    problems: ['not-found'],
  })
  async history(
    @PathKey('task_id') taskId: string,
    @Query() query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new TaskHistory(taskId, query));
    return answerList(request, reply, query, items, nextCursor);
  }

  private async write(taskId: string, decision: Decision, own: TaskWriteDto & TaskDocumentDto, request: FastifyRequest, reply: FastifyReply) {
    const session_id = own.session_id ?? null;
    const context = contextOf(request, this.clock, { session: session_id, project_key: own.project_key ?? null });
    const command = { ...decision, session_id, now: context.now } as TaskCommand;
    return send(await this.commands.execute(new WriteTask(taskId, command, own, context)), reply);
  }
}
