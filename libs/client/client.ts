import type { Answer, Call } from './exchange';
import { patient } from './patience';
import { CoordProblem, type Problem, problemOf } from './problem';
import { type Answered, type AnyInit, addressOf, type Calls } from './routes';
import type { QueueOptions } from './softfail/options';
import { softfail } from './softfail/softfail';

export interface ClientOptions {
  /** Where the engine listens, as `http://127.0.0.1:8001`. */
  url: string;
  /** How long one attempt may take. Default 10 s; a call that waits (`wait`, `wait_seconds`) needs more than it waits. */
  deadlineMs?: number;
  /** The longest `Retry-After` that is waited for before the second and last attempt. Default 30 s, what the protocol asks for. */
  patienceMs?: number;
  /** Writes that get no answer wait in a file; without this they throw `EngineAway`. */
  queue?: QueueOptions;
}

/** One method for each HTTP method, typed by the engine's OpenAPI document: `client.POST('/api/coord/locks', {body: {…}})`. */
export interface CoordClient {
  GET: Calls<'get'>;
  PUT: Calls<'put'>;
  POST: Calls<'post'>;
  PATCH: Calls<'patch'>;
  DELETE: Calls<'delete'>;
}

/** A client of the engine. Every write carries an `Idempotency-Key`, so that an attempt can be repeated. */
export function createClient({ url, deadlineMs = 10_000, patienceMs = 30_000, queue }: ClientOptions): CoordClient {
  const base = url.replace(/\/+$/, '');
  const attempt = patient({ deadlineMs, patienceMs });
  const send = queue === undefined ? attempt : softfail(attempt, { base, deadlineMs, queue });
  const calls =
    (method: string) =>
    async (path: string, init: AnyInit = {}): Promise<Answered<unknown>> =>
      outcomeOf(await send(callOf(method, addressOf(base, path, init.params), init)), base);
  // The types of `Calls` say of each path what `calls` does with any: no way to say that but a cast.
  return { GET: calls('GET'), PUT: calls('PUT'), POST: calls('POST'), PATCH: calls('PATCH'), DELETE: calls('DELETE') } as unknown as CoordClient;
}

function callOf(method: string, url: string, { params, body, headers, signal }: AnyInit): Call {
  const all: Record<string, string> = { accept: 'application/json, */*' };
  if (body !== undefined) all['content-type'] = 'application/json';
  for (const [name, value] of Object.entries({ ...params?.header, ...headers }))
    if (value !== undefined && value !== null) all[name.toLowerCase()] = String(value);
  if (method !== 'GET') all['idempotency-key'] ??= newKey();
  return { method, url, headers: all, signal, body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Loaded when it is needed: it takes a read 3 ms. */
const newKey = (): string => (require('node:crypto') as { randomUUID(): string }).randomUUID();

function outcomeOf(response: Answer, base: string): Answered<unknown> {
  const said = bodyOf(response);
  if (!response.ok) return { error: said, response };
  if (said === NOT_OURS) throw new CoordProblem(notCoord(base));
  return { data: said, response };
}

const NOT_OURS = Symbol('what Coord would not answer');

/** JSON, or the text of a page or of something that stands before the engine. */
function bodyOf({ ok, headers, text }: Answer): unknown {
  if (text === '') return undefined;
  const type = headers.get('content-type') ?? '';
  if (!/[/+]json/.test(type)) return ok && /html/.test(type) ? NOT_OURS : text;
  try {
    return JSON.parse(text);
  } catch {
    return ok ? NOT_OURS : text;
  }
}

const notCoord = (url: string): Problem => ({
  type: 'about:blank',
  title: 'Not Coord',
  status: 502,
  detail: `What answers at ${url} is not Coord: mend the address (\`coord doctor\` says where it comes from).`,
});

/**
 * What a call was answered with.
 * @throws CoordProblem when it was refused.
 */
export async function answered<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw new CoordProblem(problemOf(response.status, error));
  return data as Data;
}
