import { knownArrayTypes, OwnedSockets, ourDefaults } from '@coord/event-store/index';
import postgres from 'postgres';

/** Tag of statements, on a pool or in a transaction. */
export type Sql = postgres.ISql;

/** The connection is gone. What was sent last may or may not have happened. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';

  constructor(cause?: unknown) {
    super('The connection to Postgres was lost.', { cause });
    this.name = 'ConnectionLost';
  }
}

export interface SessionOptions {
  databaseUrl: string;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** Settings of the server for this connection. */
  settings?: Record<string, string | number>;
}

/**
 * One connection and never a second one: when it closes, the session is over and refuses further statements.
 *
 * postgres.js on its own reconnects in silence, which loses what belongs to a connection (advisory locks, an open
 * transaction: later statements of it would run, and commit, one by one on the new connection). And in a `sql.begin` whose
 * connection dies, its own ROLLBACK writes to a socket that is null and takes the process down (3.4.9, porsager/postgres
 * issues 1154 and 1208). So transactions are begun here, on a client of one connection, and `sql.begin` is not used.
 */
export class Session {
  /** The client; its `begin` is `transaction`. */
  readonly sql: postgres.Sql;
  readonly #client: postgres.Sql;
  readonly #sockets = new OwnedSockets();
  readonly #lost = new AbortController();
  #ended = false;

  constructor({ databaseUrl, applicationName, settings }: SessionOptions) {
    const options = {
      ...knownArrayTypes,
      socket: this.#sockets.open,
      max: 1,
      max_lifetime: null,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { ...ourDefaults, application_name: applicationName, ...settings },
      onclose: () => this.#close(),
    };
    this.#client = postgres(databaseUrl, options);
    this.sql = new Proxy(this.#client, {
      apply: (target, self, args) => {
        if (this.#lost.signal.aborted) throw new ConnectionLost();
        return Reflect.apply(target, self, args);
      },
      get: (target, key) => (key === 'begin' ? (work: (sql: Sql) => Promise<unknown>) => this.transaction(work) : Reflect.get(target, key)),
    });
  }

  /** Aborted as soon as the connection has closed, also by `end`. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Runs `work` in a transaction. One at a time.
   * @throws what `work` throws (nothing was written), a PostgresError, or a connection error: then the outcome is unknown.
   */
  async transaction<T>(work: (sql: Sql) => Promise<T>, mode: 'read committed' | 'repeatable read' = 'read committed'): Promise<T> {
    await (mode === 'read committed' ? this.sql`begin` : this.sql`begin isolation level repeatable read`);
    try {
      const result = await work(this.sql);
      await this.sql`commit`;
      return result;
    } catch (error) {
      if (!this.lost.aborted) await this.sql`rollback`;
      throw error;
    }
  }

  /** Closes the connection. What is still under way after `graceMs` fails with a connection error. */
  async end(graceMs = 0): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#client.end({ timeout: graceMs / 1000 });
    this.#sockets.close();
    this.#lost.abort();
  }

  #close(): void {
    this.#lost.abort();
    // Ends the client too, or a statement that was made before and is sent only now would open a new connection.
    if (!this.#ended) void this.end();
  }
}
