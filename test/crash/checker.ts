import { checkHolds } from './check-holds';
import { checkLocks } from './check-locks';
import { checkLog } from './check-log';
import { checkOperations } from './check-operations';
import { checkReads } from './check-reads';
import type { Evidence } from './record';

/**
 * Holds what clients were told against the log and the read models. Gives a sentence for each broken promise; none for
 * evidence as it should be.
 */
export function check({ operations, holds, history, reads }: Evidence): string[] {
  return [
    ...checkLog(history, operations),
    ...checkOperations(history, operations),
    ...checkLocks(history, operations),
    ...checkHolds(holds),
    ...checkReads(history, reads),
  ];
}
