import type { Outcome } from '@coord/command-runner/index';
import type { Problem } from '@coord/domain/problem';
import type { JsonValue } from '@coord/event-store/index';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { of as just, lastValueFrom, type Observable } from 'rxjs';
import { Clock } from '../clock';
import { type DomainLockProblem, type HttpProblem, Refused, refusedField } from './problems';

declare module 'fastify' {
  interface FastifyReply {
    /** The log position that this answer reflects; null: none in particular. */
    coordPosition: number | null;
  }
}

export const POSITION_HEADER = 'Coord-Position';

/** The read side as the border needs it, and the token that it is provided under. */
export abstract class Reads {
  /**
   * Waits until the read models `of` have passed the end of the log, or `atLeast` if that is later, then asks; asks again
   * where they may have fallen back meanwhile. `position` is what they have reached.
   * @throws ReadModelBehind and StoreUnavailable after 2 s, what `query` throws
   */
  abstract read<T>(
    query: (sql: unknown, position: number) => Promise<T>,
    options?: { atLeast?: number; of?: readonly string[] },
  ): Promise<{ result: T; position: number }>;
}

/** The highest log position that this process has seen: what an answer reflects that is about nothing in the log. */
@Injectable()
export class LogPosition {
  #highest = 0;

  get highest(): number {
    return this.#highest;
  }
  seen(position: number): void {
    if (position > this.#highest) this.#highest = position;
  }
}

/** The request's `Coord-Position`, undefined without one. @throws Refused for what is no position. */
export function askedPosition(request: FastifyRequest): number | undefined {
  const header = request.headers['coord-position'];
  if (header === undefined) return undefined;
  const position = typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : Number.NaN;
  if (!Number.isSafeInteger(position)) throw refusedField(POSITION_HEADER, 'must be a decimal integer from 0 to 9007199254740991');
  return position;
}

const READS_FROM = 'coord:reads-from';

/** Runs a request's handler once the read models of its route show every write that was answered before the request came; `AskedAt` is the time before that. */
@Injectable()
export class CaughtUpInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    request.askedAt = this.clock.now();
    const atLeast = askedPosition(request);
    const of = this.reflector.get<readonly string[]>(READS_FROM, context.getHandler());
    const handle = (_: unknown, position: number) => {
      http.getResponse<FastifyReply>().coordPosition = position;
      return lastValueFrom(next.handle());
    };
    return just((await this.reads.read(handle, { of, ...(atLeast !== undefined && { atLeast }) })).result);
  }
}

/** For a route that reads: the read models that it reads from. They are waited for, and the answer carries the position that they had reached. */
export const ReadsFrom = (...readModels: string[]) => applyDecorators(SetMetadata(READS_FROM, readModels), UseInterceptors(CaughtUpInterceptor));

const carriesLock = (problem: Problem): problem is DomainLockProblem =>
  problem.problem === 'lock-held' || problem.problem === 'lock-ended' || problem.problem === 'not-lock-owner';

/** Turns a problem that carries a domain's lock into what goes over the wire. */
export type LockPresenter = (problem: DomainLockProblem) => HttpProblem | Promise<HttpProblem>;

/**
 * Answers with the outcome of a command: sets status and position on the reply, and gives the body for the handler to return.
 * `present` is needed where the command can meet a problem that carries a lock.
 * @throws Refused with the outcome's problem.
 */
export function send(outcome: Outcome, reply: FastifyReply, present?: LockPresenter): JsonValue | Promise<never> {
  reply.coordPosition = outcome.position;
  if ('answer' in outcome) {
    reply.status(outcome.answer.status);
    return outcome.answer.body;
  }
  const { problem, position } = outcome;
  if (!carriesLock(problem)) throw new Refused(problem, position);
  if (!present) throw new Error(`${problem.problem} came from a command that has no way to show a lock.`);
  return refuseWith(present(problem), position);
}

async function refuseWith(problem: HttpProblem | Promise<HttpProblem>, position: number): Promise<never> {
  throw new Refused(await problem, position);
}
