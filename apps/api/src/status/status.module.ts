import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module';
import { Boards } from './board';
import { StatusController } from './status.controller';

@Module({ imports: [MessageModule], controllers: [StatusController], providers: [Boards] })
export class StatusModule {}
