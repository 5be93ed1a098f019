import { StoreUnavailable } from '@coord/event-store/index';
import { ReadModelBehind } from '@coord/projection-runner/index';
import { Body, Controller, Delete, Get, Global, HttpCode, Module, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../clock';
import { type ProjectionHealth, Vitals } from '../../service/health';
import { ServiceModule } from '../../service/service.module';
import { AskedAt } from '../asked-at';
import { contextOf } from '../command-context';
import { Reads, ReadsFrom, send } from '../coord-position';
import { Documented } from '../documented';
import { BooleanField, JsonObjectField, NumberField, ProjectKeyField, SessionIdField, StringListField, TextField, TimeField } from '../fields';
import { answerList, decodeCursor, ListQuery, pageOf } from '../list';
import { PathId, PathKey } from '../path';
import { Input } from '../request-input';

export class ThingBody {
  @ProjectKeyField() project_key: string;
  @SessionIdField() session_id: string;
  @TextField({ min: 1 }) text: string;
  @NumberField({ min: 0, max: 720, optional: true }) ttl_hours = 2;
  @TextField({ optional: true, nullable: true }) description: string | null = null;
  @JsonObjectField({ optional: true, nullable: true }) metadata: Record<string, unknown> | null = null;
  @StringListField({ max: 3, length: { max: 10 }, optional: true }) references: string[] = [];
  @TimeField({ optional: true }) since?: string;
}

export class EndInput {
  @SessionIdField() session_id: string;
  @TextField({ optional: true, nullable: true }) reason: string | null = null;
  @NumberField({ min: 1, max: 1_000, integer: true, optional: true }) fence?: number;
}

export class MarkInput {
  @SessionIdField({ optional: true }) session_id?: string;
}

export class ThingsQuery extends ListQuery {
  @ProjectKeyField({ optional: true }) project_key?: string;
  @BooleanField({ optional: true }) stale?: boolean;
  @TimeField({ optional: true }) since?: string;
}

/** What the next call does, set by a test. */
export const world = { head: 7, caughtUp: async (): Promise<number> => world.head, alive: true, projectionError: null as string | null };

const isPlace = (value: object): value is { after: number } => 'after' in value && typeof value.after === 'number';

@Controller('things')
export class ThingsController {
  constructor(private readonly clock: Clock) {}

  @Post()
  @Documented({ summary: 'Make a thing', success: { status: 201, type: ThingBody }, problems: ['lock-held'] })
  make(@Body() body: ThingBody, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { project_key, session_id: session } = body;
    const context = contextOf(request, this.clock, { session, project_key });
    return send(
      { answer: { status: 201, body: { ...body, idempotency: context.idempotency ?? null, at: context.now } as never }, position: 11 },
      reply,
    );
  }

  @Get()
  @ReadsFrom('things')
  @Documented({ summary: 'All things', success: { type: ThingBody, list: true } })
  list(@Query() query: ThingsQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const after = decodeCursor('things', query, isPlace)?.after ?? 0;
    const all = Array.from({ length: 600 }, (_, i) => i + 1).filter((n) => n > after);
    const { rows, nextCursor } = pageOf('things', query, all, (last) => ({ after: last }));
    return answerList(request, reply, query, rows, nextCursor);
  }

  @Get('time')
  @ReadsFrom('things')
  @Documented({ summary: 'The time that a read goes by', success: {} })
  time(@AskedAt() askedAt: number) {
    return { asked_at: askedAt };
  }

  @Get('query')
  @Documented({ summary: 'The query as it was read', success: { type: ThingsQuery } })
  echo(@Query() query: ThingsQuery) {
    return { ...query };
  }

  @Get('broken/:kind')
  @Documented({ summary: 'Fails', success: {}, problems: [] })
  fail(@PathKey('kind') kind: string) {
    if (kind === 'store') throw new StoreUnavailable('unknown');
    if (kind === 'driver') throw Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
    if (kind === 'behind') throw new ReadModelBehind(9, {});
    throw new Error('secret internals');
  }

  @Get(':id')
  @Documented({ summary: 'One thing', success: { type: ThingBody }, problems: ['not-found'] })
  one(@PathId('thing') id: string) {
    return { id };
  }

  @Put(':id/read')
  @Documented({ summary: 'Mark it', success: {} })
  mark(@PathId('thing') id: string, @Input() input: MarkInput) {
    return { id, ...input };
  }

  @Post(':id/poke')
  @HttpCode(200)
  @Documented({ summary: 'Poke it', success: {} })
  poke(@PathId('thing') id: string) {
    return { id };
  }

  @Delete(':id')
  @Documented({ summary: 'End it', success: {}, problems: ['not-lock-owner'] })
  end(@PathId('thing') id: string, @Input() input: EndInput, @Req() request: FastifyRequest) {
    const context = contextOf(request, this.clock, { session: input.session_id, project_key: null });
    return { id, ...input, idempotency: context.idempotency ?? null };
  }
}

const vitals: Vitals = {
  head: () => (world.alive ? Promise.resolve(world.head) : new Promise<number>(() => undefined)),
  projections: async (): Promise<ProjectionHealth[]> => [{ name: 'things', position: world.head, error: world.projectionError }],
};

@Global()
@Module({
  providers: [
    {
      provide: Reads,
      useFactory: (): Reads => ({
        read: async (query) => {
          const position = await world.caughtUp();
          return { result: await query(undefined, position), position };
        },
      }),
    },
    { provide: Vitals, useValue: vitals },
  ],
  exports: [Reads, Vitals],
})
class WorldModule {}

@Module({ imports: [WorldModule, ServiceModule], controllers: [ThingsController] })
export class ExampleModule {}
