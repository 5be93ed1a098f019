import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList } from '../http/list';
import { EVENT, EVENT_EXAMPLE } from './event.schema';
import { HistoryQueryDto } from './history.dto';
import { ListHistory } from './queries/list-history';

@ApiTags('History')
@Controller('history')
export class HistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ReadsFrom('history')
  @Documented({ summary: 'List what happened, oldest first', success: { list: true, schema: EVENT, example: [EVENT_EXAMPLE] } })
  async list(@Query() query: HistoryQueryDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListHistory(query));
    return answerList(request, reply, query, items, nextCursor);
  }
}
