import { Module } from '@nestjs/common';
import { ChangeWorkflowHandler } from './commands/change-workflow';
import { CreateWorkflowHandler } from './commands/create-workflow';
import { FindWorkflowHandler } from './queries/find-workflow';
import { ListWorkflowsHandler } from './queries/list-workflows';
import { WorkflowController } from './workflow.controller';

@Module({
  controllers: [WorkflowController],
  providers: [CreateWorkflowHandler, ChangeWorkflowHandler, ListWorkflowsHandler, FindWorkflowHandler],
})
export class WorkflowModule {}
