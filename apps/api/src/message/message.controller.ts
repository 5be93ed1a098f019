import { Body, Controller, Get, Post, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { contextOf } from '../http/command-context';
import { askedPosition, ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { isUuid } from '../http/fields';
import { hangUp } from '../http/hang-up';
import { answerList, ListQuery } from '../http/list';
import { PathId } from '../http/path';
import { refusedField } from '../http/problems';
import { Input } from '../http/request-input';
import { object } from '../http/schema';
import { AcknowledgeMessage } from './commands/acknowledge-message';
import { ReadMessage } from './commands/read-message';
import { ReadMessages } from './commands/read-messages';
import { SendMessage } from './commands/send-message';
import { AcknowledgeDto, MessageQuery, MessagesQuery, ReadDto, ReadManyDto, SendDto, UnansweredQuery } from './message.dto';
import { MESSAGE, MESSAGE_EXAMPLE, READ_MESSAGE, SENT_MESSAGE, WHOLE_MESSAGE } from './message.schema';
import { FindMessage } from './queries/find-message';
import { ListMessages } from './queries/list-messages';
import { ListUnanswered } from './queries/list-unanswered';

const LIST = { list: true, schema: MESSAGE, example: [MESSAGE_EXAMPLE] };

@ApiTags('Messages')
@Controller('messages')
export class MessageController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Send a message to a session, or to all',
    description:
      'A message file of the coordinator protocol (`id`, `from`, `to`, `timestamp`, `type`, `content`, …) is taken as it is, too: see `/schemas/coordination-message-v1.0.schema.json`.',
    success: [
      { status: 201, description: 'Sent.', schema: SENT_MESSAGE, example: MESSAGE_EXAMPLE },
      { status: 200, description: 'The first message with this `external_id`.', schema: MESSAGE, example: MESSAGE_EXAMPLE },
    ],
    problems: ['fence-superseded'],
  })
  async send(@Body() body: SendDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.from_session, project_key: body.project_key ?? null });
    return send(await this.commands.execute(new SendMessage(body, context)), reply);
  }

  /** Waits for the read models itself, for it may look more than once. */
  @Get()
  @Documented({ summary: 'List messages, oldest first, or search them; with to_session, an inbox', success: LIST })
  async list(@Query() query: MessagesQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const asking = { id: request.id, atLeast: askedPosition(request), signal: hangUp(reply) };
    const { items, nextCursor, position } = await this.queries.execute(new ListMessages(query, asking));
    reply.coordPosition = position;
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get('unanswered')
  @ReadsFrom('inbox')
  @Documented({ summary: 'List questions and blockers without a response, and acknowledgements owed', success: LIST })
  async unanswered(@Query() query: UnansweredQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListUnanswered(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom('inbox')
  @Documented({
    summary: 'Look at a message, and at what everyone did with it',
    success: { schema: WHOLE_MESSAGE, example: { ...MESSAGE_EXAMPLE, delivered_to: ['HOWARD-HOME/claude-main'], read_by: [], acknowledged_by: [] } },
    problems: ['not-found'],
  })
  find(@PathId('message') id: string, @Query() query: MessageQuery) {
    return this.queries.execute(new FindMessage(id, query.session_id));
  }

  @Get(':id/thread')
  @ReadsFrom('inbox')
  @Documented({ summary: 'List the thread of a message, oldest first', success: LIST, problems: ['not-found'] })
  async thread(
    @PathId('message') id: string,
    @Query() query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { thread_id } = await this.queries.execute(new FindMessage(id, undefined));
    const asked = Object.assign(new MessagesQuery(), query, { thread: thread_id });
    const asking = { id: request.id, signal: hangUp(reply) };
    const { items, nextCursor } = await this.queries.execute(new ListMessages(asked, asking));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Put('read')
  @Documented({
    summary: 'Mark several messages read',
    success: { schema: object({ read: { type: 'integer', description: 'How many were unread.' } }), example: { read: 2 } },
    problems: ['not-found', 'fence-superseded'],
  })
  async readMany(@Body() body: ReadManyDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if ((body.ids === undefined) === (body.all !== true)) throw refusedField('ids', 'or all: true has to be given, one of the two');
    if (body.ids?.some((id) => !isUuid(id))) throw refusedField('ids', 'must be ids of messages');
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: null });
    return send(await this.commands.execute(new ReadMessages(body, context)), reply);
  }

  @Put(':id/read')
  @Documented({
    summary: 'Mark a message read',
    success: { schema: READ_MESSAGE, example: { ...MESSAGE_EXAMPLE, read: true, read_at: '2026-05-12T15:31:00.000Z' } },
    problems: ['not-found', 'fence-superseded'],
  })
  async read(
    @PathId('message') id: string,
    @Input() input: ReadDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: input.session_id ?? null, project_key: null });
    return send(await this.commands.execute(new ReadMessage(id, input, context)), reply);
  }

  @Put(':id/ack')
  @Documented({
    summary: 'Acknowledge a message, which also reads it',
    success: {
      schema: MESSAGE,
      example: { ...MESSAGE_EXAMPLE, read: true, read_at: '2026-05-12T15:31:00.000Z', acknowledged_at: '2026-05-12T15:31:00.000Z' },
    },
    problems: ['not-found', 'fence-superseded'],
  })
  async acknowledge(
    @PathId('message') id: string,
    @Input() input: AcknowledgeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: input.session_id, project_key: null });
    return send(await this.commands.execute(new AcknowledgeMessage(id, input, context)), reply);
  }
}
