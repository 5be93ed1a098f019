import { Body, Controller, Get, Put, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { ifMatch } from '../http/if-match';
import { answerList, ListQuery } from '../http/list';
import { PathKey } from '../http/path';
import { validated } from '../http/validation';
import { UpdateComponent } from './commands/update-component';
import { ComponentDto, ComponentStateDto, ComponentsQuery } from './component.dto';
import { COMPONENT, COMPONENT_EXAMPLE } from './component.schema';
import { ComponentHistory, FindComponent } from './queries/find-component';
import { ListComponents } from './queries/list-components';

const ANSWER = { schema: COMPONENT, example: COMPONENT_EXAMPLE };
const LIST = { list: true, schema: COMPONENT, example: [COMPONENT_EXAMPLE] };
const UPDATE = { summary: 'Say what state a component is in', success: ANSWER } as const;
const ONE = ':project_key/:component';

@ApiTags('Components')
@Controller('components')
export class ComponentController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Put()
  @Documented({ ...UPDATE, problems: ['revision-conflict', 'fence-superseded'] })
  async update(@Body() body: ComponentDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.updated_by, project_key: body.project_key });
    return send(await this.commands.execute(new UpdateComponent(body, ifMatch(request), context)), reply);
  }

  @Put(ONE)
  @Documented({ ...UPDATE, problems: ['revision-conflict', 'fence-superseded'] })
  updateByPath(
    @PathKey('project_key') project_key: string,
    @PathKey('component') component: string,
    @Body() body: ComponentStateDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.update(validated(ComponentDto, { ...body, project_key, component }), request, reply);
  }

  @Get()
  @ReadsFrom('components')
  @Documented({ summary: 'List components, latest change first', success: LIST })
  async list(@Query() query: ComponentsQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { items, nextCursor } = await this.queries.execute(new ListComponents(query));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(ONE)
  @ReadsFrom('components')
  @Documented({ summary: 'Look at a component', success: ANSWER, problems: ['not-found'] })
  find(@PathKey('project_key') projectKey: string, @PathKey('component') component: string) {
    return this.queries.execute(new FindComponent(projectKey, component));
  }

  @Get(`${ONE}/history`)
  @ReadsFrom('components')
  @Documented({ summary: 'List every state that a component had, oldest first', success: LIST, problems: ['not-found'] })
  async history(
    @PathKey('project_key') projectKey: string,
    @PathKey('component') component: string,
    @Query() query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new ComponentHistory(projectKey, component, query));
    return answerList(request, reply, query, items, nextCursor);
  }
}
