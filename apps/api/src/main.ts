import 'reflect-metadata';
import { type EmbeddedServer, EmbeddedServerError, startEmbeddedServer } from '@coord/embedded-server/index';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration';
import { stop as stopServing } from './http/create-http';
import { type RunningEngine, startEngine } from './start-engine';

/** The protocol gives a stop 5 s; the database has to be gone by then, too. */
const STOP_WITHIN = 4_500;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  let embedded: EmbeddedServer | undefined;
  let engine: RunningEngine | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= stopAll(
      () => engine,
      () => embedded,
    ));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  try {
    embedded = configuration.databaseUrl === null ? await startEmbeddedServer({ dataDir: configuration.dataDir }) : undefined;
    if (stopping) return await embedded?.stop();
    engine = await startEngine(configuration, embedded?.url ?? configuration.databaseUrl ?? '');
  } catch (error) {
    await embedded?.stop();
    throw new StartError(explain(error, configuration));
  }
  if (!stopping) process.stdout.write(`coord is ready at ${engine.url}\n`);
}

async function stopAll(engine: () => RunningEngine | undefined, embedded: () => EmbeddedServer | undefined): Promise<void> {
  const late = setTimeout(() => process.exit(1), STOP_WITHIN);
  const running = engine();
  if (running) await stopServing(running.app);
  await embedded()?.stop();
  clearTimeout(late);
}

/** Why the engine did not start, in one sentence that says what to do. */
class StartError extends Error {}

function explain(error: unknown, { host, port, databaseUrl }: Configuration): string {
  if (error instanceof EmbeddedServerError) return error.message;
  const code = (error as { code?: unknown }).code;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is taken: stop what listens there, or set COORD_PORT to another port.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set COORD_PORT to a port above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine: set COORD_HOST to one that is.`;
  const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
  const database = databaseUrl === null ? 'the embedded Postgres' : 'the Postgres of DATABASE_URL';
  return `The engine could not start on ${database}: ${reason.replace(/\.$/, '')}. Check that it runs and can be reached, then start again.`;
}

main().catch((error: unknown) => {
  const known = error instanceof StartError || error instanceof ConfigurationError || error instanceof EmbeddedServerError;
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
});
