import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '@coord/client/index';
import { appendDurably, placeFile, replaceUnchanged, textOf, unlessGone } from './durable-files';
import { type JsonObject, objectIn, type Piece, piecesOf } from './json-values';
import type { MirroredProject } from './mirrored-project';
import { refusal } from './refusals';
import type { Rejects } from './rejects';
import { fileOf } from './task-document';
import type { TaskWrites } from './task-writes';

/**
 * `completed-tasks.jsonl` and `.progress/archive/`: the tasks that were completed. Reference 003 gives their lines no form, so lines that are
 * no tasks stay as they are.
 */
export class CompletedTasks {
  readonly path: string;
  readonly archive: string;

  constructor(
    private readonly project: MirroredProject,
    folder: string,
    private readonly writes: TaskWrites,
    private readonly rejects: Rejects,
  ) {
    this.path = join(folder, 'completed-tasks.jsonl');
    this.archive = join(folder, 'archive');
    mkdirSync(this.archive, { recursive: true });
  }

  /** What an agent completed, and wrote over with its next task before the mirror saw it, is in its line alone. */
  async tell(tasks: Map<string, Task>): Promise<void> {
    const { log, schemas } = this.project;
    for (const { value, text } of piecesOf(textOf(this.path) ?? '').pieces) {
      if (!value || schemas.task(value) !== null || value.status !== 'completed') continue;
      const taskId = String(value.task_id);
      const known = tasks.get(taskId);
      // one that was completed before is open again because somebody wants it to be
      if (known?.status === 'completed' || log.taskEvent('TaskCompleted', taskId) !== undefined) continue;
      if (!known && (await this.writes.find(taskId))) continue;
      try {
        tasks.set(taskId, await this.writes.put(taskId, known ? { ...standing(known), ...value } : value, known));
      } catch (error) {
        this.rejects.text('completed-tasks.jsonl', text, refusal(error));
      }
    }
  }

  /** Writes what the engine knows as completed: a file in the archive, then the line, which says that the file was written. */
  show(tasks: ReadonlyMap<string, Task>): boolean {
    const text = textOf(this.path);
    const { pieces, tail } = piecesOf(text ?? '');
    if (tail !== '' && !this.project.settling.settled(this.path)) return true;
    const completed = [...tasks.values()].filter(({ status, completed_at }) => status === 'completed' && completed_at !== null);
    completed.sort((a, b) => Date.parse(String(a.completed_at)) - Date.parse(String(b.completed_at)));
    const lines = completed.map((task) => ({ task, line: JSON.stringify({ ...fileOf(task), completed_at: task.completed_at }) }));
    const missing = lines.filter(({ task }) => !pieces.some(({ value }) => value && isOf(value, task)));
    for (const { task } of missing) this.#archive(task);
    const torn = tail !== '' && missing.some(({ line }) => line.startsWith(tail)); // by a run that was killed
    const kept = pieces.filter((piece) => !isSaidAgain(piece, pieces, tasks));
    if (missing.length === 0 && kept.length === pieces.length) return true;
    this.project.report.written.push(this.path);
    const added = missing.map(({ line }) => `${line}\n`).join('');
    if (torn || kept.length < pieces.length) {
      const all = [...kept.map((piece) => piece.text), ...(torn || tail === '' ? [] : [tail])];
      return replaceUnchanged(this.path, text, all.map((line) => `${line}\n`).join('') + added);
    }
    appendDurably(this.path, `${!text || text.endsWith('\n') ? '' : '\n'}${added}`);
    return true;
  }

  #archive(task: Task): void {
    const names = unlessGone(() => readdirSync(this.archive)) ?? [];
    const there = names.some((name) => name.endsWith('.json') && objectIn(textOf(join(this.archive, name)) ?? '')?.task_id === task.task_id);
    const path = join(this.archive, `${encodeURIComponent(task.task_id).slice(0, 200)}.json`);
    if (!there && placeFile(path, `${JSON.stringify(fileOf(task), null, 2)}\n`)) this.project.report.written.push(path);
  }
}

/** What a line leaves out stays as it is: it says that a task was completed, and not all of what it was. */
function standing(task: Task): JsonObject {
  const { updated: _, ...document } = fileOf(task);
  return document;
}

/** An agent's own line counts; one of the mirror only for the completion that it tells of. */
function isOf(value: JsonObject, { task_id, completed_at }: Task): boolean {
  return value.task_id === task_id && (value.completed_at === undefined || value.completed_at === completed_at);
}

/** A line of the mirror, for whose task the agent has written one of its own since. */
function isSaidAgain({ value }: Piece, pieces: readonly Piece[], tasks: ReadonlyMap<string, Task>): boolean {
  if (typeof value?.completed_at !== 'string' || tasks.get(String(value.task_id))?.completed_at !== value.completed_at) return false;
  return pieces.some((other) => other.value?.task_id === value.task_id && other.value?.completed_at === undefined);
}
