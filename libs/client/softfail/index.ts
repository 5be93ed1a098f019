import type * as draining from './drain';
import type * as files from './queue-file';

export type { Budget, DrainReport } from './drain';
export type { Entry, QueuedLine } from './line';
export type { QueueOptions } from './options';
export type { QueueFile } from './queue-file';
export { UNQUEUED } from './queueable';
export { Queued, QueueUnusable } from './queued';
export { type Refusal, refusalText } from './refusal';
export { queuePath } from './where';

// What follows is loaded when it is called: a command that finds no queue does without.

/** The queue in this file. */
export const openQueue = (path: string): files.QueueFile => new (require('./queue-file') as typeof files).QueueFile(path);

/** See `drain.ts`. */
export const drain: typeof draining.drain = (...all) => (require('./drain') as typeof draining).drain(...all);
