import { Module } from '@nestjs/common';
import { LiveBoards } from './live-boards';
import { PastBoards } from './past-boards';
import { StatusController } from './status.controller';

@Module({ controllers: [StatusController], providers: [LiveBoards, PastBoards] })
export class StatusModule {}
