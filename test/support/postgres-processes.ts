import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresProcessesIn } from '@coord/embedded-server/process-identity';

/** The main process of the embedded Postgres of a data folder. @throws when there is none. */
export const postmasterOf = (dataDir: string): number => Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);

/** All processes of the embedded Postgres of a data folder (Linux). */
export const postgresOf = (dataDir: string): number[] => postgresProcessesIn(join(dataDir, 'postgres'));
