import { StoreUnavailable } from '@coord/event-store/index';
import { ReadModelBehind } from '@coord/projection-runner/index';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from './database-away';
import { Log } from './log';
import { PROBLEM_MEDIA_TYPE, problemAnswer } from './problem-document';
import { type HttpProblem, Refused, refusedField } from './problems';

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? request.url;

/** The code of a Fastify error, also when Nest has wrapped it. */
function codeOf(error: unknown): string | undefined {
  const inner = error instanceof HttpException ? error.cause : error;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : undefined;
}

/** What Fastify and Nest refuse by themselves, before a handler is reached; null: none of that. */
function borderProblem(error: unknown, request: FastifyRequest): HttpProblem | null {
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { problem: 'unsupported-media-type', contentType: request.headers['content-type'] ?? '' };
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { problem: 'body-too-large' };
  }
  if (!(error instanceof HttpException)) return null;
  const path = pathOf(request);
  if (error.getStatus() === 404) return { problem: 'unknown-route', method: request.method, path, meant: request.server.meantBy(path) };
  return error.getStatus() < 500 ? refusedField('(request)', error.message).problem : null;
}

/** What the router can't make a route of: a path that is not well encoded, or a part of it that is too long for any id. */
export const routerProblem = (error: { code: string }): HttpProblem =>
  error.code === 'FST_ERR_MAX_PARAM_LENGTH'
    ? { problem: 'not-found', what: 'thing with so long an id' }
    : refusedField('(path)', 'must be percent-encoded UTF-8').problem;

/** Turns everything that is thrown below the border into `application/problem+json`. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof Refused && error.position !== undefined) reply.coordPosition = error.position;
    answerProblem(request, reply, this.problemOf(error, request));
  }

  /** The problem that an error stands for. What nobody expected is logged with its stack, and its text stays in the log. */
  private problemOf(error: unknown, request: FastifyRequest): HttpProblem {
    if (error instanceof Refused) return error.problem;
    if (error instanceof StoreUnavailable) return { problem: 'store-unavailable', ...(error.outcome === 'unknown' && { outcome: 'unknown' }) };
    if (error instanceof ReadModelBehind) return { problem: 'read-model-behind' };
    if (isDatabaseAway(error)) return { problem: 'store-unavailable' };
    const known = borderProblem(error, request);
    if (known) return known;
    this.log.error({ err: error, request_id: request.id, method: request.method, route: request.routeOptions?.url }, 'An unexpected error');
    return { problem: 'internal-error', request_id: request.id };
  }
}

/** Sends a problem, unless the answer has begun (a stream that broke): then the connection is all that can be ended. */
export function answerProblem(request: FastifyRequest, reply: FastifyReply, problem: HttpProblem): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const { status, headers, body } = problemAnswer(problem, pathOf(request));
  reply.status(status).headers(headers).header('Content-Type', PROBLEM_MEDIA_TYPE).send(JSON.stringify(body));
}
