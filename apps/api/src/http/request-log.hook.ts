import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../service/metrics';
import type { Log } from './log';

/** One line and one observation for each request. Bodies and the values of queries stay out: they may hold what no log should. */
export function installRequestLog(fastify: FastifyInstance, log: Log, metrics: Metrics): void {
  fastify.decorateRequest('coordSession', null);
  fastify.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.request(request.method, route, status, ms / 1_000);
    // undefined is left out of the line
    const session = request.coordSession ?? undefined;
    const line = { method: request.method, route, status, ms: Math.round(ms * 100) / 100, request_id: request.id, session };
    if (status >= 500) log.warn(line, 'request');
    else log.info(line, 'request');
    done();
  });
}
