import { relative } from 'node:path';
import { reasonOf } from '../problem';
import type { QueuedLine } from './line';

/** The write was not carried out and waits; it will be sent. */
export class Queued extends Error {
  constructor(
    readonly line: QueuedLine,
    readonly file: string,
    readonly reason: string,
  ) {
    const near = relative(process.cwd(), file);
    const { method, path } = line;
    super(
      `Queued: ${method} ${path} waits in ${near.startsWith('..') ? file : near} (${reason}). \`coord sync\` sends it, or the next call that succeeds.`,
    );
    this.name = 'Queued';
  }
}

/** The queue can't be read or written; what was to be queued is not. */
export class QueueUnusable extends Error {
  constructor(
    readonly file: string,
    override readonly cause: unknown,
    /** Why a write was to go into it. */
    reason?: string,
  ) {
    const lost = reason === undefined ? '' : `The write was not carried out (${reason}) and is not queued. `;
    super(`${lost}The queue ${file} can't be used (${reasonOf(cause)}): mend that, or set COORD_QUEUE_FILE to another file.`);
    this.name = 'QueueUnusable';
  }
}
