import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfiguration } from '../../configuration';
import { configureApp, createHttpAdapter } from '../create-http';
import { httpModule } from '../http.module';
import { ExampleModule } from './example';

@Module({ imports: [httpModule(readConfiguration({ COORD_LOG_LEVEL: 'silent' })), ExampleModule] })
class ExampleApp {}

/** The example behind the real border, on a free port. */
export async function startExample(): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = configureApp(
    await NestFactory.create<NestFastifyApplication>(ExampleApp, createHttpAdapter(), { bodyParser: false, logger: false, abortOnError: false }),
  );
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}
