import { Module } from '@nestjs/common';
import { Addressees } from './addressees';
import { AcknowledgeMessageHandler } from './commands/acknowledge-message';
import { ReadMessageHandler } from './commands/read-message';
import { ReadMessagesHandler } from './commands/read-messages';
import { SendMessageHandler } from './commands/send-message';
import { Deliveries } from './deliveries';
import { InboxWindow } from './inbox-window';
import { MessageController } from './message.controller';
import { FindMessageHandler } from './queries/find-message';
import { ListMessagesHandler } from './queries/list-messages';
import { ListUnansweredHandler } from './queries/list-unanswered';

const COMMANDS = [SendMessageHandler, ReadMessageHandler, ReadMessagesHandler, AcknowledgeMessageHandler];
const QUERIES = [ListMessagesHandler, ListUnansweredHandler, FindMessageHandler];

@Module({
  controllers: [MessageController],
  providers: [...COMMANDS, ...QUERIES, Addressees, Deliveries, InboxWindow],
  exports: [InboxWindow, Deliveries],
})
export class MessageModule {}
