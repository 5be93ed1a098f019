import { Module } from '@nestjs/common';
import { WriteTaskHandler } from './commands/write-task';
import { FindTaskHandler, ListTasksHandler } from './queries/list-tasks';
import { TaskHistoryHandler } from './queries/task-history';
import { TaskMetricsHandler } from './queries/task-metrics';
import { TaskController } from './task.controller';
import { TaskMetricsController } from './task-metrics.controller';

@Module({
  controllers: [TaskController, TaskMetricsController],
  providers: [WriteTaskHandler, ListTasksHandler, FindTaskHandler, TaskHistoryHandler, TaskMetricsHandler],
})
export class TaskModule {}
