import type { Problem } from '../problem';
import type { QueuedLine } from './line';

/** A line that will not be sent again, as it stands in `coord-queue.rejected.jsonl`. */
export interface Refusal {
  rejected_at: string;
  /** Of the answer; `null` for a line that says no write, and was not sent. */
  status: number | null;
  problem: Problem;
  /** The line; a text where it was no JSON object. */
  line: QueuedLine | string;
}

/** What a refusal says, in one line, for people. Text of agents is in it: it may still hold what a terminal takes for more than text. */
export function refusalText({ line, problem }: Refusal): string {
  const what = typeof line === 'string' ? JSON.stringify(line.slice(0, 80)) : `${line.method} ${line.path} of ${line.intended_at ?? line.ts}`;
  return `refused: ${what}: ${problem.detail}`;
}
