import postgres from 'postgres';
import { knownArrayTypes } from './array-types';
import { OwnedSockets } from './owned-sockets';

/**
 * Settings of every connection, whatever the defaults of the database or the user are. The log and the read models wait for locks and then
 * look at what others have committed meanwhile, which a snapshot of before would not show.
 */
export const ourDefaults = { default_transaction_isolation: 'read committed' } as const;

/** A postgres.js client that gives `bigint` columns as numbers: revisions and positions stay below 2^53. */
export type Sql = postgres.Sql<{ bigint: number }>;

export interface Client {
  readonly sql: Sql;
  /** Lets what is under way finish for so many seconds, then cuts every socket: no query is sent by this client any more. */
  end(grace: number): Promise<void>;
}

export interface ClientOptions {
  url: string;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** Connections at most. */
  max: number;
  /** Seconds until a connection must be ready for queries. */
  connectTimeout: number;
  /** Milliseconds after which the server itself gives a statement up; 0: never. */
  statementTimeout: number;
  /** Ends with its connection, instead of opening another one. */
  once?: boolean;
  /** A connection has closed: the next one may lead to another server. */
  onClose?: () => void;
}

/** Connects lazily, at the first query. */
export function connect({ url, applicationName, max, connectTimeout, statementTimeout, once, onClose }: ClientOptions): Client {
  const sockets = new OwnedSockets(once ? 1 : undefined);
  const options = {
    max,
    connect_timeout: connectTimeout,
    // The default grows to 20 s, so that a server that is back would not be met.
    backoff: () => 0.1,
    keep_alive: 5,
    max_lifetime: null,
    onnotice: () => {},
    onclose: onClose,
    ...knownArrayTypes,
    types: { ...knownArrayTypes.types, bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      ...ourDefaults,
      application_name: applicationName,
      statement_timeout: statementTimeout,
      // Plans are kept, and one that was made while the log was empty would read the whole table when it has grown.
      plan_cache_mode: 'force_generic_plan',
      enable_seqscan: 'off',
      enable_bitmapscan: 'off',
      jit: 'off',
    },
    socket: sockets.open,
  };
  const sql: Sql = postgres(url, options);
  const end = async (grace: number): Promise<void> => {
    await sql.end({ timeout: grace });
    sockets.close();
  };
  return { sql, end };
}
