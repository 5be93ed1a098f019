import type { HistoryEvent, Operation } from './record';

/** Written by the engine on its own account. */
const BY_THE_ENGINE = new Set(['SessionRegistered', 'LockExpired', 'MessageDelivered']);

/** Positions without gaps, streams without gaps, and no event that nobody asked for. */
export function checkLog(history: readonly HistoryEvent[], operations: readonly Operation[]): string[] {
  const gaps = history.flatMap(({ position }, index) => (position === index + 1 ? [] : [`Position ${index + 1} is followed by ${position}.`]));
  return [...gaps, ...checkStreams(history, operations)];
}

/** The same for some streams of a log. */
export function checkStreams(history: readonly HistoryEvent[], operations: readonly Operation[]): string[] {
  const broken: string[] = [];
  const revisions = new Map<string, number>();
  const requests = new Set(operations.flatMap(({ tries }) => tries.map(({ requestId }) => requestId)));
  for (const { position, stream, revision, type, correlation_id } of history) {
    const expected = (revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) broken.push(`${stream} has revision ${revision} where ${expected} was due (position ${position}).`);
    revisions.set(stream, revision);
    if (!BY_THE_ENGINE.has(type) && !requests.has(correlation_id ?? '')) broken.push(`Nobody asked for ${type} at position ${position}.`);
  }
  return broken;
}
