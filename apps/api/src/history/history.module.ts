import { Module } from '@nestjs/common';
import { DiffController } from './diff.controller';
import { EventStreamController } from './event-stream.controller';
import { HistoryController } from './history.controller';
import { LiveLog } from './live-log';
import { FindChangesHandler } from './queries/find-changes';
import { ListHistoryHandler } from './queries/list-history';

@Module({
  controllers: [HistoryController, EventStreamController, DiffController],
  providers: [LiveLog, ListHistoryHandler, FindChangesHandler],
})
export class HistoryModule {}
