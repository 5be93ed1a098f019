import { knownArrayTypes, OwnedSockets, ourDefaults } from '@coord/event-store/index';
import postgres from 'postgres';

/** A pool that doesn't answer is renewed at most this often, in ms: behind a frozen server every new connection hangs as well. */
const RENEW_EVERY_MS = 10_000;
/** What statements under way get to end in when their pool is renewed, in seconds. */
const GRACE_SECONDS = 2;

export interface PoolOptions {
  databaseUrl: string;
  applicationName: string;
  /** Most connections. */
  max: number;
  /** A connection has closed. */
  onLost: () => void;
}

interface Client {
  sql: postgres.Sql;
  sockets: OwnedSockets;
}

/**
 * A pool for single statements, made anew when one of its connections closes: a postgres.js connection that closes with
 * bytes yet to be written never writes again, and each of its later attempts ends in CONNECT_TIMEOUT (3.4.9,
 * porsager/postgres pull request 1215). For transactions there is `Session`.
 */
export class RenewingPool {
  readonly #options: PoolOptions;
  readonly #ending = new Set<Promise<void>>();
  #current: Client;
  #renewedAt = performance.now();
  #ended = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#current = this.#connect();
  }

  /** The pool of the moment. Ask for it each time. */
  get sql(): postgres.Sql {
    return this.#current.sql;
  }

  /** For when an answer doesn't come: the connection may be dead without having closed. */
  distrust(): void {
    if (performance.now() - this.#renewedAt > RENEW_EVERY_MS) this.#renew();
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#retire(this.#current);
    await Promise.all(this.#ending);
  }

  #connect(): Client {
    const { databaseUrl, applicationName, max, onLost } = this.#options;
    const sockets = new OwnedSockets();
    const options = {
      ...knownArrayTypes,
      socket: sockets.open,
      max,
      connect_timeout: 5,
      keep_alive: 5,
      connection: { ...ourDefaults, application_name: applicationName, statement_timeout: 10_000 },
      onnotice: () => {},
      onclose: () => {
        onLost();
        if (client === this.#current) this.#renew();
      },
    };
    const client: Client = { sql: postgres(databaseUrl, options), sockets };
    return client;
  }

  #renew(): void {
    if (this.#ended) return;
    this.#retire(this.#current);
    this.#current = this.#connect();
    this.#renewedAt = performance.now();
  }

  #retire({ sql, sockets }: Client): void {
    const ended = sql.end({ timeout: GRACE_SECONDS }).finally(() => {
      sockets.close();
      this.#ending.delete(ended);
    });
    this.#ending.add(ended);
  }
}
