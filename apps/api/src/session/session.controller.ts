import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { AskedAt } from '../http/asked-at';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList, ListQuery } from '../http/list';
import { PathKey } from '../http/path';
import { Input } from '../http/request-input';
import { EndSession } from './commands/end-session';
import { RecordHeartbeat } from './commands/record-heartbeat';
import { RegisterSession } from './commands/register-session';
import { FindSession } from './queries/find-session';
import { ListHeartbeats } from './queries/list-heartbeats';
import { ListSessions } from './queries/list-sessions';
import { EndDto, HeartbeatDto, RegisterDto, SessionsQuery } from './session.dto';
import { HEARTBEAT_ANSWER, HEARTBEAT_EXAMPLE, LOGGED_HEARTBEAT, SESSION, SESSION_EXAMPLE } from './session.schema';

const ANSWER = { schema: SESSION, example: SESSION_EXAMPLE };
const READ_MODELS = ['sessions', 'locks', 'inbox'];

@ApiTags('Sessions')
@Controller('sessions')
export class SessionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Register a session',
    description: 'Or say more of one that is known: what is left out stays as it is, null clears it. Without `session_id` the server names it.',
    success: [
      { status: 201, description: 'Registered.', ...ANSWER },
      { status: 200, description: 'Known already.', ...ANSWER },
    ],
    problems: ['fence-superseded'],
  })
  async register(@Input() body: RegisterDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id ?? null, project_key: body.project_key ?? null });
    return send(await this.commands.execute(new RegisterSession(body, context)), reply);
  }

  @Post(':id/heartbeat')
  @HttpCode(200)
  @Documented({
    summary: 'Say that a session lives and what it is at, and learn what is due',
    description:
      'What it says replaces what it said before; without any of it, that stays. A heartbeat that says nothing new within a minute leaves no event.',
    success: { schema: HEARTBEAT_ANSWER, example: { unread: 1, urgent: [], locks: SESSION_EXAMPLE.locks } },
    problems: ['fence-superseded'],
  })
  async heartbeat(
    @PathKey('id') id: string,
    @Input() body: HeartbeatDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: id, project_key: body.project_key ?? null });
    return send(await this.commands.execute(new RecordHeartbeat(id, body, context)), reply);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Documented({
    summary: 'End a session, which releases its locks; ending it twice changes nothing',
    success: { ...ANSWER, example: { ...SESSION_EXAMPLE, status: 'ended', ended_at: SESSION_EXAMPLE.last_activity_at, locks: [] } },
    problems: ['not-found', 'fence-superseded'],
  })
  async end(@PathKey('id') id: string, @Input() body: EndDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: id, project_key: null });
    return send(await this.commands.execute(new EndSession(id, body, context)), reply);
  }

  @Get()
  @ReadsFrom(...READ_MODELS)
  @Documented({ summary: 'List sessions, those that came last first', success: { list: true, schema: SESSION, example: [SESSION_EXAMPLE] } })
  async list(
    @Query() query: SessionsQuery,
    @AskedAt() askedAt: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new ListSessions(query, askedAt));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom(...READ_MODELS)
  @Documented({ summary: 'Look at a session', success: ANSWER, problems: ['not-found'] })
  find(@PathKey('id') id: string, @AskedAt() askedAt: number) {
    return this.queries.execute(new FindSession(id, askedAt));
  }

  @Get(':id/heartbeats')
  @ReadsFrom('sessions')
  @Documented({
    summary: 'List what a session said it was at, latest first',
    success: { list: true, schema: LOGGED_HEARTBEAT, example: [HEARTBEAT_EXAMPLE] },
    problems: ['not-found'],
  })
  async heartbeats(
    @PathKey('id') id: string,
    @Query() query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new ListHeartbeats(id, query));
    return answerList(request, reply, query, items, nextCursor);
  }
}
