import { setTimeout as pause } from 'node:timers/promises';
import { call, listAll } from '../support/calls';
import { until } from '../support/until';
import { check } from './checker';
import { Random } from './random';
import type { HistoryEvent, ReadSide } from './record';
import { PROJECT, WritingClient } from './writing-client';

const CLIENTS = 16;
/** Between two kills, so that each hits an engine at work. */
const AT_LEAST_ACKNOWLEDGED = 25;
const LONGEST_PEACE_MS = 700;
const RECOVERY_MS = 30_000;

/** How many kills; `npm run test:crash -- --kills 200` sets it. */
export const KILLS = Number(process.env.COORD_KILLS ?? 6);

export interface Report {
  complaints: string[];
  acknowledged: number;
  unknown: number;
  events: number;
}

/** Has 16 clients write while `kill` is called at random moments, and holds what they were told against what is there at the end. */
export async function workUnderFire(seed: number, url: () => string, kill: (random: Random) => Promise<void>): Promise<Report> {
  const random = new Random(seed);
  const names = Array.from({ length: CLIENTS }, (_, index) => `client-${index + 1}`);
  const clients = names.map((name, index) => new WritingClient(name, names, url, new Random(seed * 100 + index)));
  const end = new AbortController();
  const running = Promise.all(clients.map((client) => client.run(end.signal)));
  const acknowledged = (): number => clients.reduce((sum, client) => sum + client.acknowledged, 0);
  try {
    for (let kills = 0; kills < KILLS; kills += 1) {
      const before = acknowledged();
      await until(`work went on after ${kills} kills`, () => acknowledged() >= before + AT_LEAST_ACKNOWLEDGED, RECOVERY_MS);
      await pause(random.below(LONGEST_PEACE_MS));
      await kill(random);
    }
    await until('the engine was well again', () => isWell(url()), RECOVERY_MS);
  } finally {
    end.abort();
    await running;
  }
  const history = await historyAtRest(url());
  const operations = clients.flatMap((client) => client.operations);
  const holds = clients.flatMap((client) => client.holds);
  const complaints = check({ operations, holds, history, reads: await readSide(url(), names) });
  const unknown = operations.filter(({ tries }) => tries.some(({ answer }) => answer === null || answer.body.outcome === 'unknown')).length;
  return { complaints, acknowledged: acknowledged(), unknown, events: history.length };
}

export const isWell = async (url: string): Promise<boolean> => (await call(url, 'GET', '//health').catch(() => null))?.status === 200;

/** Once nobody writes any more and every lease that ran out is on record. */
async function historyAtRest(url: string): Promise<HistoryEvent[]> {
  return until(
    'every expiry was on record',
    async () => {
      const history = await listAll<HistoryEvent>(url, '/history');
      const ended = new Set(history.filter(({ type }) => /^Lock(Released|Expired|Broken)$/.test(type)).map(({ data }) => data.lock_id));
      const expiries = new Map(
        history.filter(({ type }) => /^Lock(Claimed|Renewed)$/.test(type)).map(({ data }) => [data.lock_id, String(data.expires_at)]),
      );
      return [...expiries].every(([id, at]) => ended.has(id) || Date.parse(at) > Date.now() + 60_000) && history;
    },
    RECOVERY_MS,
  );
}

async function readSide(url: string, sessions: readonly string[]): Promise<ReadSide> {
  const [locks, components] = await Promise.all([
    listAll<Record<string, unknown>>(url, `/locks?project_key=${PROJECT}`),
    listAll<Record<string, unknown>>(url, `/components?project_key=${PROJECT}`),
  ]);
  const unread: Record<string, number> = {};
  for (const session of sessions) unread[session] = Number((await call(url, 'GET', `/status?session_id=${session}`)).body.unread_messages);
  return { locks, components, unread };
}
