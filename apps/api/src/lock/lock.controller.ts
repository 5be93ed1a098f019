import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock';
import { EVENT, EVENT_EXAMPLE } from '../history/event.schema';
import { AskedAt } from '../http/asked-at';
import { contextOf } from '../http/command-context';
import { ReadsFrom, send } from '../http/coord-position';
import { Documented } from '../http/documented';
import { hangUp } from '../http/hang-up';
import { answerList } from '../http/list';
import { PathId } from '../http/path';
import { refusedField } from '../http/problems';
import { Input } from '../http/request-input';
import { arrayOf, object } from '../http/schema';
import { BreakLock } from './commands/break-lock';
import { ClaimLocks } from './commands/claim-locks';
import { ReleaseAllLocks } from './commands/release-all-locks';
import { ReleaseLock } from './commands/release-lock';
import { RenewLock } from './commands/renew-lock';
import { VerifyFence } from './commands/verify-fence';
import { BreakDto, ClaimBatchDto, ClaimDto, LocksQuery, QueueQuery, ReleaseAllDto, ReleaseDto, RenewDto, VerifyDto } from './lock.dto';
import { LOCK, LOCK_EXAMPLE, REQUEST, REQUEST_EXAMPLE } from './lock.schema';
import { LockRefusals } from './lock-refusals';
import { ExplainLock } from './queries/explain-lock';
import { FindLock } from './queries/find-lock';
import { ListLocks } from './queries/list-locks';
import { ListQueue } from './queries/list-queue';

const LOCK_ANSWER = { schema: LOCK, example: LOCK_EXAMPLE };

const EXPLANATION_EXAMPLE = {
  lock: LOCK_EXAMPLE,
  events: [EVENT_EXAMPLE],
  reason: 'Valid: WORKSHOP/claude-main holds it under fence 17; it expires at 2026-05-12T17:30:00.000Z.',
};

@ApiTags('Locks')
@Controller('locks')
export class LockController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly refusals: LockRefusals,
  ) {}

  @Post()
  @Documented({
    summary: 'Claim a resource',
    success: [
      { status: 201, description: 'Granted.', ...LOCK_ANSWER },
      { status: 200, description: 'You hold it already: renewed, with the same id and fence.', ...LOCK_ANSWER },
    ],
    problems: ['lock-held', 'fence-superseded'],
  })
  async claim(@Body() body: ClaimDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: body.project_key });
    return send(await this.commands.execute(new ClaimLocks(body, context, () => hangUp(reply))), reply, this.refusals.present);
  }

  @Post('batch')
  @Documented({
    summary: 'Claim several resources, all or none',
    success: { status: 201, schema: object({ locks: arrayOf(LOCK) }), example: { locks: [LOCK_EXAMPLE] } },
    problems: ['lock-held', 'fence-superseded'],
  })
  async claimBatch(@Body() body: ClaimBatchDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: body.project_key });
    return send(await this.commands.execute(new ClaimLocks(body, context, () => hangUp(reply))), reply, this.refusals.present);
  }

  @Post('verify')
  @HttpCode(200)
  @Documented({
    summary: 'Check that a session still holds a resource under a fence',
    success: { schema: object({ valid: { type: 'boolean' }, lock: LOCK }), example: { valid: true, lock: LOCK_EXAMPLE } },
    problems: ['fence-superseded'],
    writesNothing: true,
  })
  async verify(@Body() body: VerifyDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: body.project_key });
    return send(await this.commands.execute(new VerifyFence(body, context)), reply, this.refusals.present);
  }

  @Get()
  @ReadsFrom('locks', 'sessions')
  @Documented({ summary: 'List locks, oldest first', success: { list: true, ...LOCK_ANSWER, example: [LOCK_EXAMPLE] } })
  async list(
    @Query() query: LocksQuery,
    @AskedAt() askedAt: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new ListLocks(query, askedAt));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get('queue')
  @ReadsFrom('locks')
  @Documented({
    summary: 'List who waits for what, in order',
    description: 'A claim of several resources has an entry for each, with one `request_id`.',
    success: { list: true, schema: REQUEST, example: [REQUEST_EXAMPLE] },
  })
  async queue(
    @Query() query: QueueQuery,
    @AskedAt() askedAt: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { items, nextCursor } = await this.queries.execute(new ListQueue(query, askedAt));
    return answerList(request, reply, query, items, nextCursor);
  }

  @Get(':id')
  @ReadsFrom('locks', 'sessions')
  @Documented({ summary: 'Look at a lock', success: LOCK_ANSWER, problems: ['not-found'] })
  find(@PathId('lock') id: string, @AskedAt() askedAt: number) {
    return this.queries.execute(new FindLock(id, askedAt));
  }

  @Get(':id/explain')
  @ReadsFrom('locks', 'sessions', 'history')
  @Documented({
    summary: 'Explain what led to the state of a lock',
    success: { schema: object({ lock: LOCK, events: arrayOf(EVENT), reason: { type: 'string' } }), example: EXPLANATION_EXAMPLE },
    problems: ['not-found'],
  })
  explain(@PathId('lock') id: string, @AskedAt() askedAt: number) {
    return this.queries.execute(new ExplainLock(id, askedAt));
  }

  @Post(':id/renew')
  @HttpCode(200)
  @Documented({
    summary: 'Renew a lock: its time counts from now',
    success: LOCK_ANSWER,
    problems: ['not-found', 'not-lock-owner', 'lock-ended', 'fence-superseded'],
  })
  async renew(@PathId('lock') id: string, @Body() body: RenewDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: null });
    return send(await this.commands.execute(new RenewLock(id, body, context)), reply, this.refusals.present);
  }

  @Post(':id/break')
  @HttpCode(200)
  @Documented({
    summary: "Break a lock: a person's override, on record",
    success: LOCK_ANSWER,
    problems: ['not-found', 'fence-superseded'],
  })
  async break(@PathId('lock') id: string, @Body() body: BreakDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const context = contextOf(request, this.clock, { session: body.session_id, project_key: null });
    return send(await this.commands.execute(new BreakLock(id, body, context)), reply, this.refusals.present);
  }

  @Delete(':id')
  @Documented({
    summary: 'Release a lock; once it has ended, that changes nothing',
    success: LOCK_ANSWER,
    problems: ['not-found', 'not-lock-owner', 'fence-superseded'],
  })
  async release(
    @PathId('lock') id: string,
    @Input() input: ReleaseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.clock, { session: input.session_id, project_key: null });
    return send(await this.commands.execute(new ReleaseLock(id, input, context)), reply, this.refusals.present);
  }

  @Delete()
  @Documented({
    summary: 'Release all locks of a session',
    success: { schema: object({ released: { type: 'integer' }, locks: arrayOf(LOCK) }), example: { released: 1, locks: [LOCK_EXAMPLE] } },
    problems: ['fence-superseded'],
  })
  async releaseAll(@Input() input: ReleaseAllDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (input.release_all !== true) throw refusedField('release_all', 'must be true, so that nothing is released by mistake');
    const context = contextOf(request, this.clock, { session: input.session_id, project_key: input.project_key ?? null });
    return send(await this.commands.execute(new ReleaseAllLocks(input, context)), reply, this.refusals.present);
  }
}
