const EVERY_MS = 250;

/**
 * Calls `end` when the process that started this one is gone; only below `npm start`. npm starts a shell that starts the
 * engine, and a shell that is told to end dies without handing the signal on: the engine would stay behind.
 */
export function endWithNpm(end: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, EVERY_MS).unref();
}
