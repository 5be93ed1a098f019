import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../clock';
import { ReadsFrom } from '../http/coord-position';
import { Documented } from '../http/documented';
import { TaskMetrics } from './queries/task-metrics';
import { TaskMetricsQuery } from './task.dto';
import { TASK_METRICS, TASK_METRICS_EXAMPLE } from './task.schema';

@ApiTags('Tasks')
@Controller('metrics')
export class TaskMetricsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get('tasks')
  @ReadsFrom('tasks')
  @Documented({ summary: 'Count and measure tasks', success: { schema: TASK_METRICS, example: TASK_METRICS_EXAMPLE } })
  tasks(@Query() { project_key }: TaskMetricsQuery) {
    return this.queries.execute(new TaskMetrics(project_key, this.clock.now()));
  }
}
