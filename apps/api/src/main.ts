import 'reflect-metadata';
import { once } from 'node:events';
import { type EmbeddedServer, EmbeddedServerError, startEmbeddedServer } from '@coord/embedded-server/index';
import { LogElsewhere, StoreUnavailable } from '@coord/event-store/index';
import { type Configuration, ConfigurationError, misspelt, readConfiguration } from './configuration';
import { stop as stopServing } from './http/create-http';
import { isDatabaseAway } from './http/database-away';
import { createLog } from './http/log';
import { endWithNpm } from './parent-watch';
import { startEngine } from './start-engine';

/** The protocol gives a stop 5 s; the database has to be gone by then, too. */
const STOP_WITHIN_MS = 4_500;
const ANSWER_WITHIN_MS = 2_500;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  for (const warning of misspelt(process.env)) process.stderr.write(`${warning}\n`);
  const stop = stopSignal();
  try {
    const embedded = configuration.databaseUrl === null ? await startServer(configuration, stop) : undefined;
    try {
      await serve(configuration, embedded?.nearUrl ?? configuration.databaseUrl ?? '', stop);
    } finally {
      await embedded?.stop();
    }
  } catch (error) {
    // What fails because it was told to stop has stopped.
    if (!stop.aborted) throw explain(error, configuration);
  }
}

/** Aborted when the process is told to end. From then on it has its time, whatever hangs. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const end = (): void => {
    if (stop.signal.aborted) return; // Ctrl-C below npm comes twice: from the terminal, and passed on
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop.abort();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  endWithNpm(end);
  return stop.signal;
}

function startServer({ dataDir, logLevel }: Configuration, signal: AbortSignal): Promise<EmbeddedServer> {
  const log = createLog(logLevel);
  return startEmbeddedServer({ dataDir, signal, log: (line) => log.warn({ data_dir: dataDir }, line) });
}

/** Until it is told to stop. */
async function serve(configuration: Configuration, databaseUrl: string, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const { app, url } = await startEngine(configuration, databaseUrl);
  if (!stop.aborted) {
    process.stdout.write(`coord is ready at ${url}\n`);
    await once(stop, 'abort');
  }
  await stopServing(app, ANSWER_WITHIN_MS);
}

/** Why the engine did not start, in one sentence that says what to do. */
class StartError extends Error {}

/** What nobody expected stays as it is: its stack is needed. */
function explain(error: unknown, { host, port, databaseUrl, eventStoreUrl }: Configuration): unknown {
  if (!(error instanceof Error) || error instanceof EmbeddedServerError) return error;
  if (error instanceof LogElsewhere) return new StartError(error.message);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    if (code === 'EADDRINUSE') return new StartError(`Port ${port} of ${host} is taken: stop what listens there, or set COORD_PORT to another port.`);
    if (code === 'EACCES') return new StartError(`Port ${port} may not be used by this user: set COORD_PORT to a port above 1023.`);
    return new StartError(`${host} is no address of this machine (${code}): set COORD_HOST to one that is.`);
  }
  if (!(error instanceof StoreUnavailable) && !isDatabaseAway(error) && error.name !== 'PostgresError') return error;
  const postgres = databaseUrl === null ? 'the embedded Postgres' : 'the Postgres of DATABASE_URL';
  const database = eventStoreUrl !== null && error instanceof StoreUnavailable ? 'the EventStoreDB of EVENTSTORE_URL' : postgres;
  return new StartError(`The engine could not start on ${database} (${reasonOf(error)}): check that it runs and can be reached, then start again.`);
}

/** A host with several addresses fails with an error that has no message of its own. */
function reasonOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  const { code } = cause as NodeJS.ErrnoException;
  return (cause.message || code || cause.name).replace(/\.$/, '');
}

main().catch((error: unknown) => {
  const known = error instanceof StartError || error instanceof ConfigurationError || error instanceof EmbeddedServerError;
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack ?? error)}\n`, () => process.exit(1));
});
