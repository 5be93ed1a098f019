import { RequestMethod } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from '../service/metrics';
import { ApiDocument } from '../service/openapi';
import { SERVICE_ROUTES } from '../service/service-routes';
import { BODY_LIMIT, installBodyRules } from './body';
import { LogPosition, POSITION_HEADER } from './coord-position';
import { API_PREFIX, installPositionHeader } from './coord-position.hook';
import { installKnownPaths } from './known-paths';
import { Log } from './log';
import { answerProblem, ProblemFilter, routerProblem } from './problem.filter';
import { QueryGuard } from './query.guard';
import { requestId } from './request-id';
import { installRequestLog } from './request-log.hook';
import { routedUrl } from './routed-url';
import { answerUnreadable } from './unreadable-request';
import { FieldsPipe } from './validation';

/** A key has up to 200 characters of up to 4 bytes, each three characters long when percent-encoded. */
const LONGEST_PARAMETER = 200 * 4 * 3;

/** The adapter for `NestFactory.create(module, createHttpAdapter(), { bodyParser: false })`. */
export function createHttpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    requestIdHeader: false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    rewriteUrl: routedUrl,
    trustProxy: false,
    keepAliveTimeout: 72_000,
    // A log that is brought along takes its time; other bodies have theirs (see body.ts), headers Node's own 60 s.
    requestTimeout: 0,
    // The router refuses these before any route, filter or hook is known.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply.header(POSITION_HEADER, String(request.server.highestPosition()));
      answerProblem(request, reply, routerProblem(error));
    },
    clientErrorHandler: answerUnreadable,
    // What is on its way when the server stops is answered; Fastify's own refusal would be no problem document.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
}

/** Everything that stands between the wire and the controllers. To be called before `init()` or `listen()`. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  const log = app.get(Log);
  const fastify = app.getHttpAdapter().getInstance();
  installKnownPaths(fastify);
  installBodyRules(fastify);
  installPositionHeader(fastify, app.get(LogPosition));
  installRequestLog(fastify, log, app.get(Metrics));
  app.setGlobalPrefix(API_PREFIX, { exclude: SERVICE_ROUTES.map((path) => ({ path, method: RequestMethod.GET })) });
  app.get(ApiDocument).describe(app);
  app.useGlobalGuards(new QueryGuard());
  app.useGlobalPipes(new FieldsPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  return app;
}

/** The protocol gives the whole process 5 s to stop. */
const STOP_MS = 4_000;
const LOOK_EVERY_MS = 25;

/** Stops taking requests, answers those that are under way, and after `ms` ends the connections that still wait. */
export async function stop(app: NestFastifyApplication, ms = STOP_MS): Promise<void> {
  const server = app.getHttpServer();
  // Closing ends the connections that are idle; one that still gets its answer would then be kept alive.
  const answered = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  const late = setTimeout(() => server.closeAllConnections(), ms);
  await app.close().finally(() => {
    clearInterval(answered);
    clearTimeout(late);
  });
}
