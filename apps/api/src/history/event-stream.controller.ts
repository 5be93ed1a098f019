import type { Readable } from 'node:stream';
import type { EventStore } from '@coord/event-store/index';
import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STORE } from '../engine/tokens';
import { askedPosition } from '../http/coord-position';
import { Documented } from '../http/documented';
import { Refused, refusedField } from '../http/problems';
import { streamed } from '../http/streamed';
import { EVENT_EXAMPLE } from './event.schema';
import { eventStream } from './event-stream';
import { EventStreamQuery } from './history.dto';
import { LiveLog } from './live-log';
import { filterOf } from './queries/events-filter';

/** Of one instance. Each has a socket, and may hold some hundred kilobytes while its reader is slow. */
const MOST_STREAMS = 1_000;
const RETRY_SECONDS = 5;

@ApiTags('History')
@Controller('events')
export class EventStreamController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly live: LiveLog,
  ) {}

  @Get('stream')
  @Header('Content-Type', 'text/event-stream; charset=utf-8')
  @Header('Cache-Control', 'no-store, no-transform')
  @Header('X-Accel-Buffering', 'no')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Begin after this position.', schema: { type: 'integer', minimum: 0 } })
  @Documented({
    summary: 'Follow what happens, as server-sent events',
    description:
      'Begins now, or after `Last-Event-ID`. The `id` of an event is its position, its `data` the event as `/history` has it. ' +
      'Every 15 s comes a comment line, with the position up to which nothing was left out. Come back with the last id, to any instance, and nothing is lost or doubled.',
    success: {
      mediaType: 'text/event-stream',
      schema: { type: 'string' },
      example: `id: ${EVENT_EXAMPLE.position}\ndata: ${JSON.stringify(EVENT_EXAMPLE)}\n\n`,
    },
    problems: ['rate-limited'],
  })
  async follow(@Query() query: EventStreamQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    askedPosition(request); // the stream shows all that comes, whatever has been seen elsewhere: only its form matters
    const [filter, last] = [filterOf(query), lastEventId(request) ?? query.last_event_id];
    if (this.live.followers >= MOST_STREAMS) throw new Refused({ problem: 'rate-limited', retry_after: RETRY_SECONDS });
    const head = await this.store.head();
    if (last !== undefined && last > head) throw refusedField('Last-Event-ID', `must be a position of this log, which ends at ${head}`);
    reply.coordPosition = head;
    return streamed(reply, (signal) => eventStream(this.live, { after: last ?? head, head, filter }, signal));
  }
}

/** @throws Refused for what is no position */
function lastEventId(request: FastifyRequest): number | undefined {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return undefined;
  const position = typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : Number.NaN;
  if (!Number.isSafeInteger(position)) throw refusedField('Last-Event-ID', 'must be the id of an event of this stream');
  return position;
}
