import { Module } from '@nestjs/common';
import { LiveBoards } from './live-boards';
import { StatusController } from './status.controller';

@Module({ controllers: [StatusController], providers: [LiveBoards] })
export class StatusModule {}
