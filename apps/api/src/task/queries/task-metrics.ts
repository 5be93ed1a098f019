import type { JsonObject } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type GateFigures, gateFigures, type TaskFigures, taskFigures } from '@projections/tasks/index';

/** The figures of a project's tasks, or of all. `now` in milliseconds ends the blocks that last. */
export class TaskMetrics extends Query<JsonObject> {
  constructor(
    readonly projectKey: string | undefined,
    readonly now: number,
  ) {
    super();
  }
}

@QueryHandler(TaskMetrics)
export class TaskMetricsHandler implements IQueryHandler<TaskMetrics> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ projectKey, now }: TaskMetrics): Promise<JsonObject> {
    const { sql } = this.readModels;
    const [tasks, gates] = await Promise.all([taskFigures(sql, projectKey, new Date(now)), gateFigures(sql, projectKey)]);
    return { project_key: projectKey ?? null, generated_at: new Date(now).toISOString(), ...tasksView(tasks), gates: gates.map(gateView) };
  }
}

function tasksView(figures: TaskFigures) {
  const { total, completed, blocked, forced, by_status, average_ms, median_ms, shortest_ms, longest_ms } = figures;
  const { ever_blocked, blocked_ms, longest_blocked_ms } = figures;
  return {
    counts: { total, open: total - completed, completed, blocked, forced, by_status },
    durations: { completed, average_ms, median_ms, shortest_ms, longest_ms },
    time_blocked: {
      tasks: ever_blocked,
      total_ms: blocked_ms,
      average_ms: ever_blocked === 0 ? null : Math.round(blocked_ms / ever_blocked),
      longest_ms: ever_blocked === 0 ? null : longest_blocked_ms,
    },
  };
}

/** From 0 to 1; null where nothing was run. */
const rate = (passed: number, failed: number): number | null => (passed + failed === 0 ? null : Math.round((passed / (passed + failed)) * 1e4) / 1e4);

const gateView = ({ name, passed, failed, not_run, reports_passed, reports_failed }: GateFigures) => ({
  name,
  passed,
  failed,
  not_run,
  pass_rate: rate(passed, failed),
  reports: { passed: reports_passed, failed: reports_failed, pass_rate: rate(reports_passed, reports_failed) },
});
