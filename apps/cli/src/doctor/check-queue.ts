import { readFileSync } from 'node:fs';
import { openQueue, QueueUnusable, queuePath } from '@coord/client/index';
import { bad, type Check, ok, warn } from './check';

/** What waits for the engine, and what it refused. */
export function checkQueue(): Check[] {
  const queue = openQueue(queuePath());
  try {
    const waiting = queue.waits ? queue.read().length : 0;
    const refused = linesIn(queue.beside('rejected.jsonl'));
    return [
      waiting === 0 ? ok('queue', 'nothing waits') : warn('queue', `${waiting} in ${queue.path}`, 'Send them: coord sync.'),
      ...(refused === 0
        ? []
        : [warn('refused', `${refused} in ${queue.beside('rejected.jsonl')}`, 'Read what was refused and why, then take the file away.')]),
    ];
  } catch (error) {
    if (error instanceof QueueUnusable) return [bad('queue', queue.path, error.message)];
    throw error;
  }
}

function linesIn(path: string): number {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '').length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
