import type { FastifyInstance } from 'fastify';
import { type LogPosition, POSITION_HEADER } from './coord-position';

declare module 'fastify' {
  interface FastifyInstance {
    /** For what is answered before any hook runs. */
    highestPosition(): number;
  }
}

export const API_PREFIX = '/api/coord';

/** Every answer below the prefix says which log position it reflects; one that is about nothing in the log, the highest that this process knows of. */
export function installPositionHeader(fastify: FastifyInstance, log: LogPosition): void {
  fastify.decorate('highestPosition', () => log.highest);
  fastify.decorateReply('coordPosition', null);
  fastify.decorateRequest('askedAt', null);
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (reply.coordPosition !== null) log.seen(reply.coordPosition);
    if (request.url.startsWith(API_PREFIX)) reply.header(POSITION_HEADER, String(reply.coordPosition ?? log.highest));
    done(null, payload);
  });
}
