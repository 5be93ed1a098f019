import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Task } from '@coord/client/index';
import { replaceUnchanged, textOf } from './durable-files';
import { type JsonObject, objectIn } from './json-values';
import type { MirroredProject } from './mirrored-project';
import { refusal } from './refusals';
import type { Rejects } from './rejects';
import { comparable, documentFrom, fileOf } from './task-document';
import type { TaskState } from './task-state';
import type { TaskWrites } from './task-writes';
import { merge } from './three-way';

interface TaskFile {
  text: string;
  document: JsonObject & { task_id: string };
}

const OVER = ['completed', 'cancelled'];

/** `current-task.json` on one side, the task that it is about on the other (docs/decisions/0023). */
export class CurrentTask {
  readonly path: string;

  constructor(
    private readonly project: MirroredProject,
    folder: string,
    private readonly state: TaskState,
    private readonly writes: TaskWrites,
    private readonly rejects: Rejects,
  ) {
    this.path = join(folder, 'current-task.json');
  }

  /** Both ways, once. `tasks` are those of the project, and hold what this changes. False: the file changed meanwhile. */
  async pass(tasks: Map<string, Task>): Promise<boolean> {
    const { settling, report } = this.project;
    const text = textOf(this.path);
    const document = objectIn(text ?? '');
    if (text !== null && !document && !settling.settled(this.path)) return true;
    const file = text === null || text.trim() === '' ? null : await this.#taken(text, document, tasks);
    const task = this.#chosen(file, tasks);
    if (!task) return true;
    const wanted = comparable(fileOf(task));
    if (!file || file.document.task_id !== task.task_id || !isDeepStrictEqual(completed(file.document, wanted), wanted)) {
      const stands = file?.text ?? (text?.trim() === '' ? text : null);
      if (!replaceUnchanged(this.path, stands, `${JSON.stringify(fileOf(task), null, 2)}\n`)) return false;
      report.written.push(this.path);
    }
    this.state.write({ task_id: task.task_id, task: wanted });
    return true;
  }

  /** Brings what the file says to the engine. Gives the file, or null when it is none that the engine takes, and is set aside. */
  async #taken(text: string, document: JsonObject | null, tasks: Map<string, Task>): Promise<TaskFile | null> {
    const reason = document ? this.project.schemas.task(document) : 'It is no JSON object.';
    try {
      if (reason !== null) throw new Refused(reason);
      const file = { text, document: document as TaskFile['document'] };
      await this.#tell(file, tasks);
      return file;
    } catch (error) {
      this.rejects.file(this.path, error instanceof Refused ? error.message : refusal(error));
      return null;
    }
  }

  async #tell({ document }: TaskFile, tasks: Map<string, Task>): Promise<void> {
    const { task_id, updated } = document;
    const { project_key } = this.project;
    const known = tasks.get(task_id) ?? (await this.writes.find(task_id));
    for (const said of [document.project_key, known?.project_key])
      if (typeof said === 'string' && said !== project_key)
        throw new Refused(`This task is one of the project ${said}; the tasks of this folder are those of ${project_key}.`);
    if (!known) return void tasks.set(task_id, await this.writes.put(task_id, document, undefined));
    const engine = comparable(fileOf(known));
    const agreed = this.state.read();
    const { value, conflicts } = merge(agreed?.task_id === task_id ? agreed.task : null, completed(document, engine), engine);
    if (conflicts.length > 0) {
      const reason = `The engine and current-task.json have both changed ${conflicts.join(', ')}; the file counts. This is what the engine had, at revision ${known.revision}.`;
      this.rejects.text('current-task.json', `${JSON.stringify(fileOf(known), null, 2)}\n`, reason);
    }
    if (isDeepStrictEqual(value, engine)) return void tasks.set(task_id, known);
    tasks.set(task_id, await this.writes.put(task_id, { ...documentFrom(value), ...(updated !== undefined && { updated }) }, known));
  }

  /** The file's task, unless it is over and another was started since; without a file the one before, or else the one started last. */
  #chosen(file: TaskFile | null, tasks: ReadonlyMap<string, Task>): Task | undefined {
    const { log, names } = this.project;
    const startedAt = ({ task_id }: Task): number => log.taskEvent('TaskStarted', task_id) ?? Number.MAX_SAFE_INTEGER;
    const mine = [null, names.instance, names.coordinator];
    const open = [...tasks.values()].filter(({ status, session_id }) => !OVER.includes(status) && mine.includes(session_id));
    const latest = open.sort((a, b) => startedAt(b) - startedAt(a))[0];
    const current = tasks.get(file?.document.task_id ?? this.state.read()?.task_id ?? '');
    if (!current) return latest;
    if (!OVER.includes(current.status)) return current;
    const overAt = log.taskEvent('TaskCompleted', current.task_id) ?? Number.MAX_SAFE_INTEGER;
    if (latest && (!file || startedAt(latest) > overAt)) return latest;
    return file ? current : undefined;
  }
}

/** The file says something that can't be taken. */
class Refused extends Error {}

/** A file's task; what it leaves to the engine is as the engine has it. */
function completed(document: JsonObject, engine: JsonObject): JsonObject {
  const task = comparable(document);
  return { ...task, started: task.started ?? engine.started };
}
