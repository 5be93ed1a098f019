import { ALL_SESSIONS, addressee } from '@coord/domain/message/index';
import { Body, Controller, Get, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { ifMatch } from '../http/if-match';
import { answerList } from '../http/list';
import { PathId } from '../http/path';
import { refusedField } from '../http/problems';
import { Input } from '../http/request-input';
import { AddWorkItem } from './commands/add-work-item';
import { ChangeWorkItem } from './commands/change-work-item';
import { ClaimNext } from './commands/claim-next';
import { ClaimWorkItem } from './commands/claim-work-item';
import { HandOffWorkItem } from './commands/hand-off';
import { FindWorkItem } from './queries/find-work-item';
import { ListWorkItems } from './queries/list-work-items';
import { AddWorkItemDto, ChangeWorkItemDto, ClaimNextDto, ClaimWorkItemDto, HandOffDto, WorkItemsQuery } from './work-item.dto';
import { CLAIMED_EXAMPLE, WORK_ITEM, WORK_ITEM_EXAMPLE } from './work-item.schema';

const ANSWER = { schema: WORK_ITEM, example: WORK_ITEM_EXAMPLE };
const CLAIMED = { schema: WORK_ITEM, example: CLAIMED_EXAMPLE };

@ApiTags('Work items')
@Controller('work-items')
export class WorkItemController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({ summary: 'Add a work item to a workflow', success: { status: 201, ...ANSWER }, problems: ['fence-superseded'] })
  async add(@Body() body: AddWorkItemDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: null, project_key: body.project_key });
    return send(await this.commands.execute(new AddWorkItem(body, context)), reply);
  }

  @Get()
  @ReadsFrom('work')
  @Documented({
    summary: 'List work items, higher priority first, then older first',
    success: { list: true, schema: WORK_ITEM, example: [WORK_ITEM_EXAMPLE] },
  })
  async list(@Query() query: WorkItemsQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListWorkItems(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom('work')
  @Documented({ summary: 'Look at a work item', success: ANSWER, problems: ['not-found'] })
  find(@PathId('work item') id: string) {
    return this.queries.execute(new FindWorkItem(id));
  }

  @Patch(':id')
  @Documented({
    summary: 'Change a work item; what is left out stays as it is',
    success: ANSWER,
    problems: ['not-found', 'revision-conflict', 'fence-superseded'],
  })
  async change(
    @PathId('work item') id: string,
    @Body() body: ChangeWorkItemDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: body.updated_by ?? null, project_key: null });
    return send(await this.commands.execute(new ChangeWorkItem(id, body, ifMatch(request), context)), reply);
  }

  @Post('claim')
  @Documented({
    summary: 'Claim the best work item that is ready and that nobody has',
    description: 'Items of a workflow that is completed or cancelled are passed over.',
    success: [
      { ...CLAIMED, description: 'It is yours, and in progress.' },
      { status: 204, description: 'There is none.' },
    ],
    problems: ['fence-superseded'],
  })
  async claimNext(@Body() body: ClaimNextDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: body.project_key });
    return send(await this.commands.execute(new ClaimNext(body, context)), reply);
  }

  @Post(':id/claim')
  @Documented({ summary: 'Claim this work item', success: CLAIMED, problems: ['not-found', 'work-item-taken', 'fence-superseded'] })
  async claim(
    @PathId('work item') id: string,
    @Input() input: ClaimWorkItemDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: input.session_id, project_key: null });
    return send(await this.commands.execute(new ClaimWorkItem(id, input, context)), reply);
  }

  @Post(':id/handoff')
  @Documented({
    summary: 'Hand a work item off to another session, which gets a message',
    success: { schema: WORK_ITEM, example: { ...CLAIMED_EXAMPLE, assigned_to: 'HOWARD-HOME/claude-main', revision: 3 } },
    problems: ['not-found', 'work-item-taken', 'fence-superseded'],
  })
  async handOff(
    @PathId('work item') id: string,
    @Body() body: HandOffDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (addressee(body.to_session) === ALL_SESSIONS) throw refusedField('to_session', 'must be one session, not all');
    const context = contextOf(request, this.clock, { session: body.from_session, project_key: null });
    return send(await this.commands.execute(new HandOffWorkItem(id, body, context)), reply);
  }
}
