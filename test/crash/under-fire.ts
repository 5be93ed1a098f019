import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../support/until';
import { historyAtRest, isWell, readSide } from './at-rest';
import { check } from './checker';
import { Random } from './random';
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
  const complaints = check({ operations, holds, history, reads: await readSide(url(), PROJECT, names) });
  const unknown = operations.filter(({ tries }) => tries.some(({ answer }) => answer === null || answer.body.outcome === 'unknown')).length;
  return { complaints, acknowledged: acknowledged(), unknown, events: history.length };
}
