import type { DrainReport } from './drain';

/** How a client uses its queue. */
export interface QueueOptions {
  /** Where writes wait. Default: as `queuePath()` finds it. */
  file?: string;
  /** The longest that a call is held up by what waits, in ms. Default 5 s. With 0 nothing is sent, and a write goes behind what waits. */
  drainMs?: number;
  /** The most lines that go along with a call. Default: no bound. */
  drainLines?: number;
  /** Is told what went along with a call, if anything did. Default: refusals are said on standard error. */
  onDrained?: (report: DrainReport, file: string) => void;
}
