import { answered, CoordProblem, type Task } from '@coord/client/index';
import type { JsonObject } from './json-values';
import type { MirroredProject } from './mirrored-project';

const WHY = 'Its file says that it is completed.';

/** The engine has another revision than the one that was looked at: look again. */
export class MovedOn extends Error {}

/** Writes tasks as the project instance. */
export class TaskWrites {
  constructor(
    private readonly project: MirroredProject,
    private readonly enforceGates: boolean,
  ) {}

  /**
   * Puts a whole document. A task that a file completes is completed, also where a gate has not passed: the engine has that on record.
   * @param known the task as the engine has it
   * @throws MovedOn, CoordProblem (with `enforceGates` also `gates-not-passed`)
   */
  async put(taskId: string, document: JsonObject, known: Task | undefined): Promise<Task> {
    const task = await this.#put(taskId, document, known?.revision ?? 0).catch(async (error) => {
      if (this.enforceGates || !(error instanceof CoordProblem) || error.kind !== 'gates-not-passed' || !known) throw error;
      await this.#put(taskId, { ...document, status: known.status }, known.revision);
      return this.complete(taskId);
    });
    this.project.report.tasks.push(taskId);
    return task;
  }

  /** A task that is not among those of the project. */
  async find(task_id: string): Promise<Task | undefined> {
    try {
      return await answered(this.project.api.GET('/api/coord/tasks/{task_id}', { params: { path: { task_id } } }));
    } catch (error) {
      if (error instanceof CoordProblem && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  /** Completes a task whatever its gates say. */
  complete(taskId: string): Promise<Task> {
    const body = { force: true, reason: WHY, session_id: this.project.names.instance };
    return answered(this.project.api.POST('/api/coord/tasks/{task_id}/complete', { params: { path: { task_id: taskId } }, body }));
  }

  async #put(task_id: string, document: JsonObject, revision: number): Promise<Task> {
    const { api, project_key, names } = this.project;
    const body = { project_key, ...document, task_id, session_id: names.instance } as never;
    try {
      const headers = { 'If-Match': `"${revision}"` };
      return await answered(api.PUT('/api/coord/tasks/{task_id}', { params: { path: { task_id } }, headers, body }));
    } catch (error) {
      if (error instanceof CoordProblem && error.kind === 'revision-conflict') throw new MovedOn();
      throw error;
    }
  }
}
