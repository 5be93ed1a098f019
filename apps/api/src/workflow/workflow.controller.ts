import { Body, Controller, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList } from '../http/list';
import { PathId } from '../http/path';
import { WORK_ITEM_EXAMPLE } from '../work-item/work-item.schema';
import { ChangeWorkflow } from './commands/change-workflow';
import { CreateWorkflow } from './commands/create-workflow';
import { FindWorkflow } from './queries/find-workflow';
import { ListWorkflows } from './queries/list-workflows';
import { ChangeWorkflowDto, CreateWorkflowDto, WorkflowsQuery } from './workflow.dto';
import { WHOLE_WORKFLOW, WORKFLOW, WORKFLOW_EXAMPLE } from './workflow.schema';

@ApiTags('Workflows')
@Controller('workflows')
export class WorkflowController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Begin a workflow',
    success: {
      status: 201,
      schema: WORKFLOW,
      example: { ...WORKFLOW_EXAMPLE, progress: { total: 0, completed: 0, in_progress: 0, blocked: 0, percent: 0 } },
    },
    problems: ['fence-superseded'],
  })
  async create(@Body() body: CreateWorkflowDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.created_by, project_key: body.project_key });
    return send(await this.commands.execute(new CreateWorkflow(body, context)), reply);
  }

  @Get()
  @ReadsFrom('work')
  @Documented({ summary: 'List workflows, oldest first', success: { list: true, schema: WORKFLOW, example: [WORKFLOW_EXAMPLE] } })
  async list(@Query() query: WorkflowsQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListWorkflows(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom('work')
  @Documented({
    summary: 'Look at a workflow with its work items',
    success: { schema: WHOLE_WORKFLOW, example: { ...WORKFLOW_EXAMPLE, work_items: [WORK_ITEM_EXAMPLE] } },
    problems: ['not-found'],
  })
  find(@PathId('workflow') id: string) {
    return this.queries.execute(new FindWorkflow(id));
  }

  @Patch(':id')
  @Documented({
    summary: 'Change a workflow; what is left out stays as it is',
    success: { schema: WORKFLOW, example: WORKFLOW_EXAMPLE },
    problems: ['not-found', 'fence-superseded'],
  })
  async change(
    @PathId('workflow') id: string,
    @Body() body: ChangeWorkflowDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: body.updated_by ?? null, project_key: null });
    return send(await this.commands.execute(new ChangeWorkflow(id, body, context)), reply);
  }
}
