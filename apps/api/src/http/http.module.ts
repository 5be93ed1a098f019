import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../clock';
import { Configuration } from '../configuration';
import { Metrics } from '../service/metrics';
import { ApiDocument } from '../service/openapi';
import { LogPosition } from './coord-position';
import { createLog, Log } from './log';

@Global()
@Module({})
export class HttpModule {}

/** What the border gives to every other module. `clock`: the time that everything goes by. */
export function httpModule(configuration: Configuration, clock: Clock = new SystemClock()): DynamicModule {
  const provided = [
    { provide: Configuration, useValue: configuration },
    { provide: Clock, useValue: clock },
    { provide: Log, useFactory: () => createLog(configuration.logLevel) },
    LogPosition,
    Metrics,
    ApiDocument,
  ];
  return { module: HttpModule, providers: provided, exports: provided };
}
