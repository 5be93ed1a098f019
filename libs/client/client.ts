import { randomUUID } from 'node:crypto';
import createOpenApiClient, { type Client } from 'openapi-fetch';
import { patientFetch } from './patient-fetch';
import { CoordProblem, problemOf } from './problem';
import type { paths } from './protocol';

export interface ClientOptions {
  /** Where the engine listens, as `http://127.0.0.1:8001`. */
  url: string;
  /** How long one attempt may take. Default 10 s; a call that waits (`wait`, `wait_seconds`) needs more than it waits. */
  deadlineMs?: number;
  /** The longest `Retry-After` that is waited for before the second and last attempt. Default 30 s, what the protocol asks for. */
  patienceMs?: number;
}

/** One method for each HTTP method, typed by the engine's OpenAPI document: `client.POST('/api/coord/locks', {body: {…}})`. */
export type CoordClient = Client<paths>;

/** A client of the engine. Every write carries an `Idempotency-Key`, so that an attempt can be repeated. */
export function createClient({ url, deadlineMs = 10_000, patienceMs = 30_000 }: ClientOptions): CoordClient {
  const client = createOpenApiClient<paths>({ baseUrl: url.replace(/\/+$/, ''), fetch: patientFetch({ deadlineMs, patienceMs }) });
  client.use({
    onRequest: ({ request }) => {
      if (request.method !== 'GET' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', randomUUID());
    },
  });
  return client;
}

/**
 * What a call was answered with.
 * @throws CoordProblem when it was refused.
 */
export async function answered<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw new CoordProblem(problemOf(response.status, error));
  return data as Data;
}
