import { connect as connectSocket, type Socket } from 'node:net';
import postgres from 'postgres';
import { knownArrayTypes } from './array-types';

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
}

interface Address {
  host: string[];
  port: number[];
  path: string | false | undefined;
}

/** Connects lazily, at the first query. */
export function connect({ url, applicationName, max, connectTimeout, statementTimeout }: ClientOptions): Client {
  const sockets = new Set<Socket>();
  let turn = 0;
  let ended = false;
  // The sockets are ours, because postgres.js closes one by asking the server to: with a frozen server it stays open for ever.
  const socket = ({ host, port, path }: Address): Socket => {
    // A reconnection that was due when the client ended would open a connection that nobody closes.
    if (ended) throw new Error('The client has ended.');
    for (const one of sockets) if (one.destroyed) sockets.delete(one);
    const place = turn++ % host.length;
    const opened = connectSocket(path ? { path, noDelay: true } : { host: host[place], port: port[place] ?? 5432, noDelay: true });
    sockets.add(opened);
    // postgres.js reads the name that a certificate must carry from here.
    return Object.assign(opened, { host: host[place] });
  };
  const options = {
    max,
    connect_timeout: connectTimeout,
    // The default grows to 20 s, so that a server that is back would not be met.
    backoff: () => 0.1,
    keep_alive: 5,
    max_lifetime: null,
    onnotice: () => {},
    ...knownArrayTypes,
    types: { ...knownArrayTypes.types, bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: applicationName,
      statement_timeout: statementTimeout,
      // Plans are kept, and one that was made while the log was empty would read the whole table when it has grown.
      plan_cache_mode: 'force_generic_plan',
      enable_seqscan: 'off',
      enable_bitmapscan: 'off',
      jit: 'off',
    },
    socket,
  };
  const sql: Sql = postgres(url, options);
  const end = async (grace: number): Promise<void> => {
    await sql.end({ timeout: grace });
    ended = true;
    for (const one of sockets) one.destroy();
  };
  return { sql, end };
}
