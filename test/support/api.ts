import type { Upcaster } from '@coord/domain/upcasters/index';
import type { EventStore } from '@coord/event-store/index';
import { Clock } from '../../apps/api/src/clock';
import { readConfiguration } from '../../apps/api/src/configuration';
import { EVENT_STORE } from '../../apps/api/src/engine/tokens';
import { stop } from '../../apps/api/src/http/create-http';
import { type RunningEngine, startEngine } from '../../apps/api/src/start-engine';
import { createDatabase } from './database';

/** A clock that stands still until it is moved. */
export class SetClock extends Clock {
  constructor(private ms = Date.parse('2026-05-12T12:00:00.000Z')) {
    super();
  }
  now(): number {
    return this.ms;
  }
  advance(ms: number): void {
    this.ms += ms;
  }
}

/** What an answer says: any JSON, looked into by names and places. */
export interface Json {
  [member: string]: Json;
}

/** The items of a list. */
export const listOf = (body: Json | undefined): Json[] => Object.values(body ?? {});
export const idsOf = (body: Json | undefined): string[] => listOf(body).map(({ id }) => String(id));

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** As it came, to the byte. */
  text: string;
  /** Parsed, where it is JSON. */
  body: Json;
}

export interface Request {
  body?: object;
  headers?: Record<string, string>;
}

let names = 0;

/** The whole engine in this process, behind its real HTTP server, on a database of its own and by a clock that the test moves. */
export class Api {
  readonly store: EventStore;

  private constructor(
    readonly clock: SetClock,
    private readonly engine: RunningEngine,
    private readonly drop: () => Promise<void>,
  ) {
    this.store = engine.app.get<EventStore>(EVENT_STORE);
  }

  static async start(env: Record<string, string> = {}, upcasters?: readonly Upcaster[]): Promise<Api> {
    const database = await createDatabase();
    const clock = new SetClock();
    const configuration = readConfiguration({ COORD_PORT: '0', COORD_LOG_LEVEL: 'silent', DATABASE_URL: database.url, ...env });
    return new Api(clock, await startEngine(configuration, database.url, { clock, upcasters }), () => database.drop());
  }

  async close(): Promise<void> {
    await stop(this.engine.app);
    await this.drop();
  }

  get url(): string {
    return this.engine.url;
  }
  get app(): RunningEngine['app'] {
    return this.engine.app;
  }

  /** A name that no other test of the file uses. */
  name(what: string): string {
    names += 1;
    return `${what}-${names}`;
  }

  /** One request below `/api/coord`. */
  async call(method: string, path: string, { body, headers = {} }: Request = {}): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}/api/coord${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : text) as Json };
  }

  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer> {
    return this.call('GET', path, { headers });
  }

  /** A request that has to succeed; gives its body. A busy machine's read models may be behind: then it is sent again, as the answer says. */
  async done(method: string, path: string, body?: object): Promise<Json> {
    let answer = await this.call(method, path, { body });
    for (let again = 0; again < 5 && answer.headers.get('retry-after') === '1'; again += 1) answer = await this.call(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  claim(project_key: string, session_id: string, resource: string, more: object = {}): Promise<Json> {
    return this.done('POST', '/locks', { project_key, session_id, resource, ...more });
  }

  message(from_session: string, to_session: string | null, more: object = {}): Promise<Json> {
    return this.done('POST', '/messages', { from_session, to_session, subject: 's', body: 'b', ...more });
  }
}
