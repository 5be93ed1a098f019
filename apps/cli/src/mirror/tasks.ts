import { answered, everyItem, type Task } from '@coord/client/index';
import type { CompletedTasks } from './completed-tasks';
import type { CurrentTask } from './current-task';
import type { Metrics } from './metrics';
import type { MirroredProject } from './mirrored-project';

/** `.progress/` on one side, the tasks of the project on the other. */
export class Tasks {
  constructor(
    private readonly project: MirroredProject,
    private readonly current: CurrentTask,
    private readonly completed: CompletedTasks,
    private readonly metrics: Metrics,
  ) {}

  /** Both ways, once. False: a file changed meanwhile, and has to be looked at again. */
  async pass(): Promise<boolean> {
    const tasks = await this.#all();
    const before = this.project.report.tasks.length;
    await this.completed.tell(tasks);
    const settled = await this.current.pass(tasks);
    if (this.project.report.tasks.length > before) await this.project.log.catchUp();
    return this.completed.show(tasks) && (await this.metrics.show(tasks)) && settled;
  }

  async #all(): Promise<Map<string, Task>> {
    const { api, project_key } = this.project;
    const all = await everyItem((at) => answered(api.GET('/api/coord/tasks', { params: { query: { project_key, ...at } } })));
    return new Map(all.map((task) => [task.task_id, task]));
  }
}
