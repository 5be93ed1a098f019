import { Module } from '@nestjs/common';
import { DocsController } from './docs.controller';
import { Health } from './health';
import { ServiceController } from './service.controller';

/** Needs `Vitals` from a global module. */
@Module({ controllers: [ServiceController, DocsController], providers: [Health] })
export class ServiceModule {}
