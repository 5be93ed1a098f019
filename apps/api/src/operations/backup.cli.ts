import { connectToRunning, EmbeddedServerError, restoreBackup, startEmbeddedServer, takeBackup } from '@coord/embedded-server/index';
import { type Configuration, ConfigurationError, readConfiguration } from '../configuration';

const USAGE = 'Say backup or restore, and which folder: npm run backup -- FOLDER, npm run restore -- FOLDER.';
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `node backup.cli.js backup|restore FOLDER`: of the embedded data in COORD_DATA_DIR; a backup also beside an engine that works.
 * Exit code 0: done; 1: not, and nothing was left half done; 2: usage.
 */
async function main(words: string[]): Promise<void> {
  const [word, folder, ...rest] = words;
  if (!folder || rest.length > 0 || (word !== 'backup' && word !== 'restore')) throw new ConfigurationError([USAGE]);
  const configuration = readConfiguration(process.env);
  if (configuration.eventStoreUrl !== null)
    throw new ConfigurationError(['EVENTSTORE_URL is set, so the log is not in the embedded data: back EventStoreDB up, with its own means.']);
  if (configuration.databaseUrl !== null)
    throw new ConfigurationError([
      'DATABASE_URL is set, and this is for the embedded data: use the tools of that database, such as pg_dump and pg_restore.',
    ]);
  await (word === 'backup' ? backup(configuration, folder) : restore(configuration, folder));
}

async function backup({ dataDir }: Configuration, target: string): Promise<void> {
  // Without an engine the server is started for as long as this takes.
  const own = (await connectToRunning(dataDir)) === null ? await startEmbeddedServer({ dataDir }) : null;
  try {
    const { position, files } = await takeBackup({
      dataDir,
      target,
      position: async (sql) => {
        const [there] = await sql<{ there: boolean }[]>`select to_regclass('log.events') is not null as there`;
        if (!there?.there) return 0;
        const [row] = await sql<{ head: string }[]>`select coalesce(max(position), 0) as head from log.events`;
        return Number(row?.head ?? 0);
      },
    });
    const mebibytes = Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20);
    print(`${target} holds every event up to position ${position} (${files.length} files, ${mebibytes} MiB)`);
  } finally {
    await own?.stop();
  }
}

async function restore({ dataDir }: Configuration, source: string): Promise<void> {
  const { position, taken_at } = await restoreBackup({ backup: source, target: dataDir });
  print(`${dataDir} is as it was at ${taken_at}, with every event up to position ${position}: start the engine on it`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof ConfigurationError || error instanceof EmbeddedServerError;
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack ?? error)}\n`);
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
});
