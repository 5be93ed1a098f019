import { Module } from '@nestjs/common';
import { BoardStates } from './board-states';
import { LiveBoards } from './live-boards';
import { PastBoards } from './past-boards';
import { StatusController } from './status.controller';

@Module({ controllers: [StatusController], providers: [LiveBoards, BoardStates, PastBoards] })
export class StatusModule {}
