import { join } from 'node:path';
import postgres from 'postgres';
import { readPassword, SUPERUSER } from './cluster';
import { type DataFolder, findDataFolder } from './data-folder';
import { EmbeddedServerError, systemCode } from './errors';
import { readPidFile } from './pid-file';
import { isPostgresOn } from './process-identity';

const DATABASE = 'coord';
const WRONG_PASSWORD = '28P01';

const urlOf = (port: number, password: string, database = DATABASE): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

/** Longest path of a Unix socket in bytes: macOS takes 103, Linux 107. */
const LONGEST_SOCKET_PATH = 103;

/**
 * The same database by its Unix socket, which takes a tenth off the engine's work; `url` itself where there is none: on Windows, and
 * where the data folder's path is too long for one. Written as libpq writes it, with the socket's folder in place of the host.
 */
export function shortestWay(url: string, { cluster }: DataFolder, port: number): string {
  const path = join(cluster, `.s.PGSQL.${port}`);
  if (process.platform === 'win32' || Buffer.byteLength(path) > LONGEST_SOCKET_PATH) return url;
  return url.replace('@127.0.0.1:', `@${encodeURIComponent(cluster)}:`);
}

/** The url of the database `coord` on this server, which is made when it is missing. */
export async function openDatabase(folder: DataFolder, port: number): Promise<string> {
  const password = await readPassword(folder);
  const sql = postgres(urlOf(port, password, 'postgres'), { max: 1, fetch_types: false });
  try {
    const found = await sql`select from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
    return urlOf(port, password);
  } catch (error) {
    if (systemCode(error) !== WRONG_PASSWORD) throw error;
    throw new EmbeddedServerError(
      `The password file in ${folder.cluster} is not the one of this database: put it back from a backup of the data folder.`,
    );
  } finally {
    await sql.end();
  }
}

/** For a script beside the engine: the url of the server that runs on the folder, or null when none does. Starts and changes nothing. */
export async function connectToRunning(dataDir: string): Promise<{ url: string } | null> {
  const folder = await findDataFolder(dataDir);
  const server = folder && (await readPidFile(folder));
  if (!folder || !server?.ready || !isPostgresOn(folder.cluster, server.pid)) return null;
  return { url: urlOf(server.port, await readPassword(folder)) };
}

/** One connection to the server that runs on the folder, and never a second one: it keeps what belongs to a connection, or fails. */
export async function oneConnection(dataDir: string): Promise<{ sql: postgres.Sql; end(): Promise<void> } | null> {
  const running = await connectToRunning(dataDir);
  if (running === null) return null;
  const sql = postgres(running.url, {
    max: 1,
    max_lifetime: null,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: 'coord backup' },
  });
  return { sql, end: () => sql.end({ timeout: 1 }) };
}
