import { setTimeout as pause } from 'node:timers/promises';
import { type Engine, spawnEngine, startEngine, stopEngines } from '../support/engine';
import { seed } from './random';
import { KILLS, workUnderFire } from './under-fire';

const PER_KILL_MS = 20_000;
const WHILE_IT_STARTS = 0.2;
const LONGEST_START_MS = 1_500;

afterAll(stopEngines);

test(
  'an engine that is killed again and again loses nothing, doubles nothing and grants nothing to two',
  async () => {
    let engine: Engine = await startEngine();
    const { dataDir } = engine.process;
    const report = await workUnderFire(
      seed,
      () => engine.url,
      async (random) => {
        await engine.process.kill('SIGKILL');
        if (random.chance(WHILE_IT_STARTS)) {
          const starting = await spawnEngine({ dataDir });
          await pause(random.below(LONGEST_START_MS));
          await starting.kill('SIGKILL');
        }
        engine = await startEngine({ dataDir });
      },
    );
    expect({ seed, complaints: report.complaints }).toEqual({ seed, complaints: [] });
  },
  KILLS * PER_KILL_MS + 60_000,
);
