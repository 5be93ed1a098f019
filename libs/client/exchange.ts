import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http';

/** One call, as it goes out. */
export interface Call {
  method: string;
  /** Whole, with the query. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal?: AbortSignal;
}

/** What came back, whole. */
export interface Answer {
  status: number;
  /** 2xx. */
  ok: boolean;
  headers: AnswerHeaders;
  text: string;
}

export interface AnswerHeaders {
  /** A header by its name, in any case. */
  get(name: string): string | null;
}

/**
 * Sends a call and waits for all of its answer, at most for `deadlineMs`. On `node:http`, because `fetch` costs a process that makes one call
 * as much time as everything else that it does (docs/decisions/0021).
 * @throws what the network has against it; an `Error` that says so when there is no answer in time; the reason of `call.signal`.
 */
export async function exchange(call: Call, deadlineMs: number): Promise<Answer> {
  const clock = new Deadline(deadlineMs);
  try {
    return await answerOf(await opened(call, clock));
  } catch (error) {
    call.signal?.throwIfAborted();
    throw clock.passed ?? error;
  } finally {
    clock.stop();
  }
}

/**
 * Sends a call whose answer goes on and on, and gives that as soon as it begins.
 * @throws as `exchange` does
 */
export async function openStream(call: Call, deadlineMs: number): Promise<IncomingMessage> {
  const clock = new Deadline(deadlineMs);
  try {
    return await opened(call, clock);
  } catch (error) {
    call.signal?.throwIfAborted();
    throw clock.passed ?? error;
  } finally {
    clock.stop();
  }
}

/** Reads the rest of an answer. */
export async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { statusCode: status = 0, headers } = incoming;
  const get = (name: string): string | null => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? null : String(value);
  };
  return { status, ok: status >= 200 && status < 300, headers: { get }, text: Buffer.concat(chunks).toString('utf8') };
}

class Deadline {
  passed: Error | null = null;
  #request: ClientRequest | null = null;
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.passed = new Error(`it took longer than ${ms / 1_000} s`);
      this.#request?.destroy(this.passed);
    }, ms);
  }
  watch(request: ClientRequest): void {
    this.#request = request;
  }
  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** An engine closes connections that are idle; one that it closed as the call went out says nothing about the engine. */
async function opened(call: Call, clock: Deadline): Promise<IncomingMessage> {
  const first = send(call, clock);
  try {
    return await first.incoming;
  } catch (error) {
    if (!first.request.reusedSocket || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return send(call, clock).incoming;
  }
}

function send({ method, url, headers, body, signal }: Call, clock: Deadline): { request: ClientRequest; incoming: Promise<IncomingMessage> } {
  const to = new URL(url);
  // As it is written: a URL would take a name such as `..` in the path for a step up.
  const path = url.slice(url.indexOf('/', to.protocol.length + 2));
  const over = to.protocol === 'https:' ? (require('node:https') as { request: typeof overHttp }).request : overHttp;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = over(to, { method, path, signal, headers: { ...headers, ...length } });
  clock.watch(request);
  const incoming = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject); // also those that come after the answer has begun, which its reader sees
  });
  request.end(body);
  return { request, incoming };
}
