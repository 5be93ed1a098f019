import { setTimeout as pause } from 'node:timers/promises';
import { isWell } from '../crash/at-rest';
import type { Random } from '../crash/random';
import { until } from '../support/until';
import { type Cluster, canSetClocks, type Database, type Member } from './cluster';

/** What goes wrong: resolves when it is over, and nothing needs mending but what heals by itself. */
export type Fault = (where: { cluster: Cluster; database: Database | null; random: Random }) => Promise<void>;

const RECOVERY_MS = 20_000;
const THREE_HOURS_MS = 3 * 3_600_000;

/** More than most leases last; sometimes more than a silent leader is waited for. */
const PAUSE_MS = { shortest: 700, longest: 4_500 };

const anyOf = (cluster: Cluster, random: Random): Member => random.pick(cluster.members);

export const FAULTS = {
  'an engine is killed': async ({ cluster, random }) => {
    const member = anyOf(cluster, random);
    await member.kill();
    await pause(random.below(1_000));
    await member.start();
  },

  'Postgres is killed': async ({ database, cluster }) => {
    if (!database) return;
    const { server } = database;
    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    await until('Postgres ran again', () => server.pid !== pid, RECOVERY_MS);
    await until(
      'an engine had it again',
      async () => (await Promise.all(cluster.members.map((one) => isWell(one.url())))).includes(true),
      RECOVERY_MS,
    );
  },

  'an engine is paused and wakes up': async ({ cluster, random }) => {
    const member = anyOf(cluster, random);
    member.pause();
    await pause(PAUSE_MS.shortest + random.below(PAUSE_MS.longest - PAUSE_MS.shortest));
    member.resume();
  },

  'answers to clients are cut': async ({ cluster, random }) => {
    const { front } = anyOf(cluster, random);
    front.loseAnswers();
    await pause(20 + random.below(150));
    front.cut();
  },

  'answers of Postgres are cut': async ({ cluster, random }) => {
    const { back } = anyOf(cluster, random);
    back.loseAnswers();
    await pause(20 + random.below(400));
    back.cut();
  },

  'a clock jumps by three hours': async ({ cluster, random }) => {
    if (canSetClocks) await anyOf(cluster, random).setClock(THREE_HOURS_MS);
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
