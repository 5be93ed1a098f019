import { isDeepStrictEqual } from 'node:util';
import { replaceFile, textOf } from './durable-files';
import { isObject, objectIn } from './json-values';
import type { ComparableTask } from './task-document';

/** What file and engine last agreed on: without it no one could tell which of them has changed. */
export interface Agreed {
  task_id: string;
  task: ComparableTask;
}

/** The one thing that the mirror has to remember; all else derives from the files and from the engine. */
export class TaskState {
  constructor(private readonly path: string) {}

  read(): Agreed | null {
    const value = objectIn(textOf(this.path) ?? '');
    return value && typeof value.task_id === 'string' && isObject(value.task) ? { task_id: value.task_id, task: value.task } : null;
  }

  write(agreed: Agreed): void {
    if (!isDeepStrictEqual(this.read(), agreed)) replaceFile(this.path, `${JSON.stringify(agreed, null, 2)}\n`);
  }
}
