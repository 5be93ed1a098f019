import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { DIFF, DIFF_EXAMPLE } from './diff.schema';
import { DiffQuery } from './history.dto';
import { FindChanges } from './queries/find-changes';

@ApiTags('History')
@Controller('diff')
export class DiffController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ReadsFrom('history')
  @Documented({ summary: 'See what changed between two times or positions', success: { schema: DIFF, example: DIFF_EXAMPLE } })
  diff(@Query() query: DiffQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.queries.execute(new FindChanges(query, reply.coordPosition ?? 0));
  }
}
