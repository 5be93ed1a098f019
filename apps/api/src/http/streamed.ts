import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Bytes that wait for a caller who reads slowly, beside what the sockets hold. */
const AHEAD = 64 * 1024;

/**
 * A body that is made as fast as the caller takes it. `make` gets a signal that aborts when the answer has ended, however
 * it did: also for HEAD, and where the caller has gone away. What it throws ends the connection, so that nobody takes a part for the whole.
 */
export function streamed({ raw }: FastifyReply, make: (signal: AbortSignal) => AsyncIterable<string>): Readable {
  const ended = new AbortController();
  raw.once('close', () => ended.abort());
  if (raw.destroyed) ended.abort();
  return Readable.from(make(ended.signal), { objectMode: false, highWaterMark: AHEAD });
}
