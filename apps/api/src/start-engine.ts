import type { Upcaster } from '@coord/domain/upcasters/index';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Clock } from './clock';
import type { Configuration } from './configuration';
import { configureApp, createHttpAdapter } from './http/create-http';
import { Log, NestLog } from './http/log';

export interface RunningEngine {
  app: NestFastifyApplication;
  /** `http://HOST:PORT` that it listens on. */
  url: string;
}

export interface StartOptions {
  /** The time that everything goes by; default: the server's clock. */
  clock?: Clock;
  /** How older events are read; default: those of every concept. */
  upcasters?: readonly Upcaster[];
}

/**
 * Starts the engine on a Postgres that is there, and listens.
 * @throws what the database or the port has against it.
 */
export async function startEngine(
  configuration: Configuration,
  databaseUrl: string,
  { clock, upcasters }: StartOptions = {},
): Promise<RunningEngine> {
  const options = { bodyParser: false, logger: false as const, abortOnError: false };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(configuration, databaseUrl, clock, upcasters),
    createHttpAdapter(),
    options,
  );
  try {
    await configureApp(app).listen(configuration.port, configuration.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  // Not before: Nest would log what keeps it from listening, which the caller says in better words.
  app.useLogger(new NestLog(app.get(Log)));
  const { port } = app.getHttpServer().address() as { port: number };
  const host = configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host;
  return { app, url: `http://${host}:${port}` };
}
