import type { Readable } from 'node:stream';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { streams } from '../http/body';
import { Documented } from '../http/documented';
import { refusedField } from '../http/problems';
import { object } from '../http/schema';
import { type Imported, ImportLog } from './commands/import-log';
import { NDJSON } from './ndjson';

const IMPORTED = object({ events: { type: 'integer' }, position: { type: 'integer', description: 'Of the last event.' } });

@ApiTags('Administration')
@Controller('admin')
export class ImportController {
  constructor(private readonly commands: CommandBus) {}

  @Post('import')
  @HttpCode(200)
  @RouteConfig(streams(NDJSON))
  @ApiConsumes(NDJSON)
  @ApiBody({ schema: { type: 'string' }, required: true, description: 'What `GET /history/export` gave, of any length.' })
  @Documented({
    summary: 'Fill an empty log with an export',
    description:
      'All events or none: a line that can not be taken is named, and nothing of the others stays. While it goes on, writes wait or are answered with 503. ' +
      'Read models follow when it is done; until then reads may be answered with 503 `read-model-behind`.',
    success: { schema: IMPORTED, example: { events: 1_000_000, position: 1_000_000 } },
    problems: ['store-not-empty'],
    writesNothing: true, // nothing under a key: what came once is refused the second time
  })
  async import(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Imported> {
    if (!isReadable(request.body)) throw refusedField('(body)', 'must hold an event');
    const imported = await this.commands.execute(new ImportLog(request.body));
    reply.coordPosition = imported.position;
    return imported;
  }
}

/** Without a Content-Type and a body Fastify reads none. */
const isReadable = (body: unknown): body is Readable => typeof body === 'object' && body !== null && 'iterator' in body;
