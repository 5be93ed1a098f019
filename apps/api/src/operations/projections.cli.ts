import { UPCASTERS } from '@coord/domain/upcasters/index';
import { connectToRunning, EmbeddedServerError, startEmbeddedServer } from '@coord/embedded-server/index';
import { openEventStore, upcasting } from '@coord/event-store/index';
import { type CommandOptions, rebuildCommand, verifyCommand } from '@coord/projection-runner/index';
import { type Configuration, ConfigurationError, readConfiguration } from '../configuration';
import { PROJECTION_NAMES, projectionsOn } from '../engine/projections';

const COMMANDS: Record<string, (options: CommandOptions) => Promise<number>> = { rebuild: rebuildCommand, verify: verifyCommand };

/** `node projections.cli.js rebuild|verify [name…]`, beside a running engine or without one. Exit code 0: done, or the same; 1: not; 2: usage. */
async function main([word = '', ...names]: string[]): Promise<number> {
  const command = COMMANDS[word];
  if (!command) throw new ConfigurationError([`Say rebuild or verify, and which read models: ${PROJECTION_NAMES.join(', ')}.`]);
  const configuration = readConfiguration(process.env);
  const database = await openDatabase(configuration);
  try {
    const store = upcasting(await openLog(configuration, database.url), UPCASTERS);
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    return await command({ store, databaseUrl: database.url, projections: projectionsOn(store, configuration), names, print }).finally(() =>
      store.close(),
    );
  } finally {
    await database.close();
  }
}

const openLog = ({ eventStoreUrl }: Configuration, databaseUrl: string) =>
  openEventStore({ eventStoreUrl, databaseUrl, applicationName: 'coord projections' });

/** The configured database; an embedded one that no engine runs is started for as long as this takes. */
async function openDatabase({ databaseUrl, dataDir }: Configuration): Promise<{ url: string; close(): Promise<void> }> {
  const running = databaseUrl === null ? await connectToRunning(dataDir) : { url: databaseUrl };
  if (running) return { url: running.url, close: () => Promise.resolve() };
  const embedded = await startEmbeddedServer({ dataDir });
  return { url: embedded.url, close: () => embedded.stop() };
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof ConfigurationError || error instanceof EmbeddedServerError;
    process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack ?? error)}\n`);
    process.exitCode = error instanceof ConfigurationError ? 2 : 1;
  },
);
