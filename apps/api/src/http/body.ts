import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { type HttpProblem, Refused } from './problems';

/** Largest body that is taken (protocol, "Bodies"). */
export const BODY_LIMIT = 1_048_576;
/** A body has to be there by then. */
const LATEST_MS = 60_000;
/** How much of a body that is too large is read and thrown away, so that its sender gets to read the answer. */
const DRAIN_LIMIT = 32 * BODY_LIMIT;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The only media type of the route's body, which is handed on as a stream, however long it is. */
    streams?: string;
  }
}

/** For a route that takes its body as a stream: `RouteConfig(streams('…'))`. */
export const streams = (mediaType: string): FastifyContextConfig => ({ streams: mediaType });

/** A body that can't be given to anyone; the request is refused once it is known to be for a route. */
class UnreadableBody {
  constructor(readonly problem: HttpProblem) {}
}

/**
 * Reads a stream to its end. Gives null for more than `BODY_LIMIT` bytes. Answering before the sender has finished would
 * reset the connection under its hands, so the rest is read, too, up to a limit.
 */
function readAll(stream: Readable): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const late = setTimeout(() => reject(new Error('The body is late.')), LATEST_MS);
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks = [];
      if (size > DRAIN_LIMIT) resolve(null);
    });
    stream.on('end', () => {
      clearTimeout(late);
      resolve(size > BODY_LIMIT ? null : chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks));
    });
    stream.on('error', reject);
    stream.on('close', () => {
      clearTimeout(late);
      if (!stream.readableEnded) reject(new Error('The body ended early.'));
    });
  });
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([\w-]+)/i;

function isJson(contentType: string): boolean {
  const charset = CHARSET.exec(contentType)?.[1]?.toLowerCase();
  return JSON_TYPE.test(contentType) && (charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii');
}

const malformed = (reason: string) => new UnreadableBody({ problem: 'malformed-json', reason });

/** PowerShell writes one. */
const hasByteOrderMark = (bytes: Buffer): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) return malformed('it is not UTF-8');
  const text = bytes.toString('utf8', hasByteOrderMark(bytes) ? 3 : 0);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') return undefined;
    return malformed(error instanceof Error ? error.message : String(error));
  }
}

/** What no one can mean anything by; clients send it with whatever Content-Type their library defaults to. */
const NOTHING: Readonly<Record<string, null | undefined | object>> = { '': undefined, null: null, '{}': {} };

function parseBody(contentType: string | undefined, bytes: Buffer): unknown {
  if (contentType === undefined || contentType === '' || isJson(contentType)) return parseJson(bytes);
  const text = bytes.length < 100 ? bytes.toString('latin1').trim() : 'more';
  if (Object.hasOwn(NOTHING, text)) return NOTHING[text];
  return new UnreadableBody({ problem: 'unsupported-media-type', contentType });
}

function streamedBody(wanted: string, { headers }: FastifyRequest, payload: Readable): Readable | UnreadableBody {
  const [given = ''] = (headers['content-type'] ?? '').split(';');
  const plain = headers['content-encoding'] === undefined || headers['content-encoding'] === 'identity';
  if (given.trim().toLowerCase() === wanted && plain) return payload;
  return new UnreadableBody({ problem: 'unsupported-media-type', contentType: headers['content-type'] ?? '', wanted });
}

async function readBody(request: FastifyRequest, payload: Readable): Promise<unknown> {
  const { streams: wanted } = request.routeOptions.config;
  if (wanted !== undefined) return streamedBody(wanted, request, payload);
  let bytes: Buffer | null;
  try {
    bytes = await readAll(payload);
  } catch {
    return malformed('the connection ended before the body did'); // the sender is gone, or broke off
  }
  return bytes === null ? new UnreadableBody({ problem: 'body-too-large' }) : parseBody(request.headers['content-type'], bytes);
}

/**
 * Sets the rules for bodies (protocol, "Bodies"), the same for every route: JSON whatever its charset says in UTF-8; nothing,
 * `null` and `{}` under any media type; everything else 415. Whether a route needs a body is for its DTO to say: with
 * `@Body()` it does, with `@Input()` or neither it does not.
 */
export function installBodyRules(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', readBody);
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.body instanceof UnreadableBody && !request.is404) done(new Refused(request.body.problem));
    else done();
  });
}
