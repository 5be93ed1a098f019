import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LIVE_BOARD_MODELS } from '@projections/board/index';
import type { FastifyReply } from 'fastify';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import type { Board } from './board';
import { boardPage } from './board-page';
import { LiveBoards } from './live-boards';
import { PastBoards } from './past-boards';
import { StatusQuery } from './status.dto';
import { BOARD, BOARD_EXAMPLE } from './status.schema';

@ApiTags('Status')
@Controller()
export class StatusController {
  constructor(
    private readonly live: LiveBoards,
    private readonly past: PastBoards,
  ) {}

  @Get('status')
  @ReadsFrom(...LIVE_BOARD_MODELS)
  @Documented({ summary: 'See what is going on', success: { schema: BOARD, example: BOARD_EXAMPLE } })
  status(@Query() query: StatusQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.board(query, reply);
  }

  @Get('status.md')
  @ReadsFrom(...LIVE_BOARD_MODELS)
  @Header('Content-Type', 'text/markdown; charset=utf-8')
  @Documented({ summary: 'See what is going on, as a page for people', success: { schema: { type: 'string' }, mediaType: 'text/markdown' } })
  async page(@Query() query: StatusQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return boardPage(await this.board(query, reply));
  }

  /** The header tells the position of a live board; of one of the past, what was known when it was asked for. */
  private async board({ project_key: projectKey, session_id: sessionId, at }: StatusQuery, reply: FastifyReply): Promise<Board> {
    if (at) return this.past.board({ projectKey, sessionId }, at);
    const board = await this.live.board({ projectKey, sessionId });
    reply.coordPosition = board.position;
    return board;
  }
}
