import { join } from 'node:path';
import { answered, type Task } from '@coord/client/index';
import { replaceUnchanged, textOf } from './durable-files';
import { type JsonObject, objectIn } from './json-values';
import type { MirroredProject } from './mirrored-project';
import type { Rejects } from './rejects';

/** `metrics.json`: the engine's figures of the project's tasks, and the sums of their own. Other members of the file stay. */
export class Metrics {
  readonly path: string;

  constructor(
    private readonly project: MirroredProject,
    folder: string,
    private readonly rejects: Rejects,
  ) {
    this.path = join(folder, 'metrics.json');
  }

  /** Engine to file. False: the file changed meanwhile. */
  async show(tasks: ReadonlyMap<string, Task>): Promise<boolean> {
    const { api, project_key, settling, report } = this.project;
    let text = textOf(this.path);
    let others = objectIn(text ?? '');
    if (text !== null && !others) {
      if (!settling.settled(this.path)) return true;
      if (text.trim() !== '') {
        this.rejects.file(this.path, 'It is no JSON object.');
        text = null;
      }
      others = null;
    }
    const { counts, durations, gates } = await answered(api.GET('/api/coord/metrics/tasks', { params: { query: { project_key } } }));
    const figures = { project_key, counts, durations, time_blocked: timeBlocked([...tasks.values()]), gates, totals: totals([...tasks.values()]) };
    const wanted = `${JSON.stringify({ ...others, ...figures }, null, 2)}\n`;
    if (wanted === text) return true;
    if (!replaceUnchanged(this.path, text, wanted)) return false;
    report.written.push(this.path);
    return true;
  }
}

/** Of blocks that have ended: one that lasts would change the file with every look at it. */
function timeBlocked(tasks: readonly Task[]): JsonObject {
  const times = tasks.map(({ blocked_ms }) => blocked_ms).filter((ms) => ms > 0);
  return { tasks: times.length, total_ms: times.reduce((sum, ms) => sum + ms, 0), longest_ms: times.length === 0 ? null : Math.max(...times) };
}

/** The figures that tasks have in their `metrics`, added up. */
function totals(tasks: readonly Task[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { metrics } of tasks)
    for (const [name, figure] of Object.entries(metrics)) if (typeof figure === 'number') sums.set(name, (sums.get(name) ?? 0) + figure);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
