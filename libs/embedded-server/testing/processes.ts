import { postgresProcessesIn, processIdentity } from '../process-identity';

const PATIENCE_MS = 10_000;

/** Waits until a condition holds; fails with its name when it doesn't within 10 s. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 10))) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
  }
}

export const isAlive = (pid: number): boolean => processIdentity(pid) !== undefined;

/** How many processes of Postgres work on the data folder (Linux). */
export const serversOn = (dataDir: string): number => postgresProcessesIn(`${dataDir}/postgres`).length;
