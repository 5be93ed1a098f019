import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { answerList, ListQuery } from '../http/list';
import { named, object, TIME } from '../http/schema';
import { ListProjects } from './queries/list-projects';

const COUNT = { type: 'integer' };
const PROJECT = named(
  'Project',
  object({
    project_key: { type: 'string' },
    events: COUNT,
    active_locks: COUNT,
    components: COUNT,
    messages: COUNT,
    last_activity_at: TIME,
  }),
);
const EXAMPLE = { project_key: 'gururmm', events: 812, active_locks: 3, components: 4, messages: 95, last_activity_at: '2026-05-12T15:30:00.000Z' };

@ApiTags('Status')
@Controller('projects')
export class ProjectController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ReadsFrom('projects')
  @Documented({ summary: 'List projects with counts and last activity', success: { list: true, schema: PROJECT, example: [EXAMPLE] } })
  async list(@Query() query: ListQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListProjects(query));
    return answerList(request, reply, query, items, nextCursor);
  }
}
