import type { FastifyReply } from 'fastify';

/** Aborts when the caller of a request goes away before the answer was sent: what was to be done for the caller alone can be left. */
export function hangUp({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  if (raw.destroyed) gone.abort();
  return gone.signal;
}
