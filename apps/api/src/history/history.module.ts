import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller';
import { ListHistoryHandler } from './queries/list-history';

@Module({ controllers: [HistoryController], providers: [ListHistoryHandler] })
export class HistoryModule {}
