import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { COMPONENT, COMPONENT_EXAMPLE } from '../component/component.schema';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { arrayOf, object, TIME } from '../http/schema';
import { LOCK, LOCK_EXAMPLE } from '../lock/lock.schema';
import { MESSAGE } from '../message/message.schema';
import { SESSION_SUMMARY } from '../session/session.schema';
import { Boards } from './board';
import { boardPage } from './board-page';
import { StatusQuery } from './status.dto';

const COUNT = { type: 'integer' };
const BOARD = object({
  generated_at: TIME,
  position: { type: 'integer', description: 'The log position that the board reflects.' },
  locks: { ...arrayOf(LOCK), description: 'Active locks, oldest first, 500 at most.' },
  stale_locks: { ...arrayOf(LOCK), description: 'Those among them that are stale.' },
  components: { ...arrayOf(COMPONENT), description: 'The 50 that changed last.' },
  workflows: { ...arrayOf({}), description: 'Empty until there are workflows.' },
  sessions: { ...arrayOf(SESSION_SUMMARY), description: 'Latest sign first, 500 at most.' },
  unread_messages: COUNT,
  work: object({ ready: COUNT, in_progress: COUNT, blocked: COUNT }),
  blockers: { ...arrayOf(MESSAGE), description: 'Messages of type blocker without a response.' },
});
const EXAMPLE = {
  generated_at: '2026-05-12T15:30:00.000Z',
  position: 42,
  locks: [LOCK_EXAMPLE],
  stale_locks: [],
  components: [COMPONENT_EXAMPLE],
  workflows: [],
  sessions: [],
  unread_messages: 1,
  work: { ready: 0, in_progress: 0, blocked: 0 },
  blockers: [],
};
const READ_MODELS = ['locks', 'components', 'sessions', 'inbox'];

@ApiTags('Status')
@Controller()
export class StatusController {
  constructor(private readonly boards: Boards) {}

  @Get('status')
  @ReadsFrom(...READ_MODELS)
  @Documented({ summary: 'See what is going on', success: { schema: BOARD, example: EXAMPLE } })
  status(@Query() query: StatusQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.boards.board(query, reply.coordPosition ?? 0);
  }

  @Get('status.md')
  @ReadsFrom(...READ_MODELS)
  @Header('Content-Type', 'text/markdown; charset=utf-8')
  @Documented({ summary: 'See what is going on, as a page for people', success: { schema: { type: 'string' }, mediaType: 'text/markdown' } })
  async page(@Query() query: StatusQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return boardPage(await this.boards.board(query, reply.coordPosition ?? 0));
  }
}
