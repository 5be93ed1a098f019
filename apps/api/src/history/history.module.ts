import { Module } from '@nestjs/common';
import { ImportLogHandler } from './commands/import-log';
import { DiffController } from './diff.controller';
import { EventStreamController } from './event-stream.controller';
import { HistoryController } from './history.controller';
import { ImportController } from './import.controller';
import { LiveLog } from './live-log';
import { FindChangesHandler } from './queries/find-changes';
import { ListHistoryHandler } from './queries/list-history';

@Module({
  controllers: [HistoryController, EventStreamController, DiffController, ImportController],
  providers: [LiveLog, ListHistoryHandler, FindChangesHandler, ImportLogHandler],
})
export class HistoryModule {}
