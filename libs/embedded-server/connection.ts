import postgres from 'postgres';
import { readPassword, SUPERUSER } from './cluster';
import { type DataFolder, findDataFolder } from './data-folder';
import { readPidFile } from './pid-file';
import { isPostgresOn } from './process-identity';

const DATABASE = 'coord';
const NO_SUCH_DATABASE = '3D000';

const urlOf = (port: number, password: string, database = DATABASE): string => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;

/** The url of the database `coord` on this server, which is made when it is missing. */
export async function openDatabase(folder: DataFolder, port: number): Promise<string> {
  const password = await readPassword(folder);
  const url = urlOf(port, password);
  if (!(await exists(url))) await create(urlOf(port, password, 'postgres'));
  return url;
}

/** For a script beside the engine: the url of the server that runs on the folder, or null when none does. Starts and changes nothing. */
export async function connectToRunning(dataDir: string): Promise<{ url: string } | null> {
  const folder = await findDataFolder(dataDir);
  const server = folder && (await readPidFile(folder));
  if (!folder || !server?.ready || !isPostgresOn(folder.cluster, server.pid)) return null;
  return { url: urlOf(server.port, await readPassword(folder)) };
}

async function exists(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, fetch_types: false });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === NO_SUCH_DATABASE) return false;
    throw error;
  } finally {
    await sql.end();
  }
}

async function create(maintenanceUrl: string): Promise<void> {
  const sql = postgres(maintenanceUrl, { max: 1, fetch_types: false });
  try {
    await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}
