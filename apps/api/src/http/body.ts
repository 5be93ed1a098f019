import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { type HttpProblem, Refused } from './problems';

/** Largest body that is taken (protocol, "Bodies"). */
export const BODY_LIMIT = 1_048_576;
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
  constructor(
    readonly problem: HttpProblem,
    /** Some of it may still come: no other request can follow on the connection. */
    readonly unfinished = false,
  ) {}
}

/**
 * Reads a stream to its end. Gives null for more than `BODY_LIMIT` bytes, and 'late' for what did not arrive within `latestMs`. Answering before the sender has finished would
 * reset the connection under its hands, so the rest is read, too, up to a limit.
 */
function readAll(stream: Readable, latestMs: number): Promise<Buffer | null | 'late'> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const late = setTimeout(() => resolve('late'), latestMs);
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

const malformed = (reason: string, unfinished = false) => new UnreadableBody({ problem: 'malformed-json', reason }, unfinished);

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
  if (given.trim().toLowerCase() === wanted && codingOf(headers) === undefined) return payload;
  return new UnreadableBody({ problem: 'unsupported-media-type', contentType: headers['content-type'] ?? '', wanted });
}

/** The coding of a body that is not sent as it is; undefined: none. */
function codingOf({ 'content-encoding': coding = '' }: FastifyRequest['headers']): string | undefined {
  return coding === '' || coding.toLowerCase() === 'identity' ? undefined : coding;
}

async function readBody(request: FastifyRequest, payload: Readable, latestMs: number): Promise<unknown> {
  const { streams: wanted } = request.routeOptions.config;
  if (wanted !== undefined) return streamedBody(wanted, request, payload);
  let bytes: Buffer | null | 'late';
  try {
    bytes = await readAll(payload, latestMs);
  } catch {
    return malformed('the connection ended before the body did'); // the sender is gone, or broke off
  }
  if (bytes === 'late') return malformed(`it did not arrive within ${latestMs / 1_000} s; send the request again`, true);
  if (bytes === null) return new UnreadableBody({ problem: 'body-too-large' }, !payload.readableEnded);
  const contentType = request.headers['content-type'];
  const encoding = codingOf(request.headers);
  if (encoding !== undefined && bytes.length > 0)
    return new UnreadableBody({ problem: 'unsupported-media-type', contentType: contentType ?? '', encoding });
  return parseBody(contentType, bytes);
}

/**
 * Sets the rules for bodies (protocol, "Bodies"), the same for every route: JSON whatever its charset says in UTF-8; nothing,
 * `null` and `{}` under any media type; everything else 415. Whether a route needs a body is for its DTO to say: with
 * `@Body()` it does, with `@Input()` or neither it does not.
 * @param latestMs a body has to be there by then.
 */
export function installBodyRules(fastify: FastifyInstance, latestMs = 60_000): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload: Readable) => readBody(request, payload, latestMs));
  fastify.addHook('preValidation', ({ body, is404 }, reply, done) => {
    if (body instanceof UnreadableBody && body.unfinished) reply.header('Connection', 'close');
    if (body instanceof UnreadableBody && !is404) done(new Refused(body.problem));
    else done();
  });
}
