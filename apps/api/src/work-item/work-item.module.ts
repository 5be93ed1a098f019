import { Module } from '@nestjs/common';
import { AddWorkItemHandler } from './commands/add-work-item';
import { ChangeWorkItemHandler } from './commands/change-work-item';
import { ClaimNextHandler } from './commands/claim-next';
import { ClaimWorkItemHandler } from './commands/claim-work-item';
import { HandOffWorkItemHandler } from './commands/hand-off';
import { Dependencies } from './dependencies';
import { KeyedChoices } from './keyed-choices';
import { FindWorkItemHandler } from './queries/find-work-item';
import { ListWorkItemsHandler } from './queries/list-work-items';
import { WorkItemController } from './work-item.controller';

const COMMANDS = [AddWorkItemHandler, ChangeWorkItemHandler, ClaimNextHandler, ClaimWorkItemHandler, HandOffWorkItemHandler];

@Module({
  controllers: [WorkItemController],
  providers: [...COMMANDS, ListWorkItemsHandler, FindWorkItemHandler, Dependencies, KeyedChoices],
})
export class WorkItemModule {}
