import { readFileSync } from 'node:fs';
import { postgresOf } from './postgres-processes';

export interface Memory {
  /** Resident memory in MB where pages that processes share are counted once. */
  pss: number;
  /** The same where each process counts them. */
  rss: number;
  /** `pss` of each process, the largest first. */
  each: { name: string; pss: number }[];
}

/** What an engine and its Postgres occupy (Linux). */
export function memoryOf(enginePid: number, dataDir: string): Memory {
  const each = [enginePid, ...postgresOf(dataDir)].map((pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const megabytes = (field: string): number => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(rollup)?.[1]) / 1024;
    const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim().slice(0, 60);
    return { name, pss: megabytes('Pss'), rss: megabytes('Rss') };
  });
  const sum = (of: 'pss' | 'rss'): number => Math.round(each.reduce((total, one) => total + one[of], 0));
  return {
    pss: sum('pss'),
    rss: sum('rss'),
    each: each.map(({ name, pss }) => ({ name, pss: Math.round(pss) })).toSorted((a, b) => b.pss - a.pss),
  };
}
