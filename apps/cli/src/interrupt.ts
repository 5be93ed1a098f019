/** 128 + 2, as a shell says it of a command that Ctrl-C ended. */
export const INTERRUPTED = 130;

/** Runs `work` until it is done or somebody presses Ctrl-C (or asks the process to end): then its signal is aborted, and it is given time to end cleanly. */
export async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupt = new AbortController();
  const abort = () => interrupt.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, abort);
  try {
    return await work(interrupt.signal);
  } finally {
    for (const name of signals) process.removeListener(name, abort);
  }
}
