import type { Readable } from 'node:stream';
import type { EventStore } from '@coord/event-store/index';
import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WRITTEN_LOG } from '../engine/tokens';
import { askedPosition, ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList } from '../http/list';
import { streamed } from '../http/streamed';
import { EVENT, EVENT_EXAMPLE, EXPORT_EXAMPLE } from './event.schema';
import { exportLines } from './export';
import { HistoryQueryDto } from './history.dto';
import { NDJSON } from './ndjson';
import { ListHistory } from './queries/list-history';

@ApiTags('History')
@Controller('history')
export class HistoryController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(WRITTEN_LOG) private readonly log: EventStore,
  ) {}

  @Get()
  @ReadsFrom('history')
  @Documented({ summary: 'List what happened, oldest first', success: { list: true, schema: EVENT, example: [EVENT_EXAMPLE] } })
  async list(@Query() query: HistoryQueryDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListHistory(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get('export')
  @Header('Content-Type', NDJSON)
  @Header('Content-Disposition', 'attachment; filename="coord-log.ndjson"')
  @Documented({
    summary: 'Take the whole log along',
    description:
      'A line for each event, oldest first, with all that `POST /admin/import` needs. It ends where the log ended when it began: ' +
      'at `Coord-Position`. An export that can not go on breaks the connection.',
    success: { mediaType: NDJSON, schema: { type: 'string' }, example: EXPORT_EXAMPLE },
  })
  async export(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    askedPosition(request); // the log itself is never behind
    const until = await this.log.head();
    reply.coordPosition = until;
    return streamed(reply, (signal) => exportLines(this.log, until, signal));
  }
}
