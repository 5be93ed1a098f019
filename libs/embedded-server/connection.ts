import postgres from 'postgres';
import { readPassword, SUPERUSER } from './cluster';
import { type DataFolder, findDataFolder } from './data-folder';
import { EmbeddedServerError, systemCode } from './errors';
import { readPidFile } from './pid-file';
import { isPostgresOn } from './process-identity';

const DATABASE = 'coord';
const WRONG_PASSWORD = '28P01';

const urlOf = (port: number, password: string, database = DATABASE): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

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
