import { setTimeout as pause } from 'node:timers/promises';
import { type Engine, startEngine, stopEngines } from '../support/engine';
import { postgresOf, postmasterOf } from '../support/postgres-processes';
import { until } from '../support/until';
import { isWell } from './at-rest';
import { seed } from './random';
import { KILLS, workUnderFire } from './under-fire';

const PER_KILL_MS = 20_000;
const ONE_OF_ITS_CHILDREN = 0.3;
const AGAIN_AT_ONCE = 0.2;
const LONGEST_RECOVERY_MS = 800;

afterAll(stopEngines);

test(
  'an engine whose Postgres is killed again and again stays up, loses nothing, doubles nothing and grants nothing to two',
  async () => {
    const engine = await startEngine();
    const dataDir = engine.process.dataDir ?? '';
    const report = await workUnderFire(
      seed,
      () => engine.url,
      async (random) => {
        const postmaster = postmasterOf(dataDir);
        const children = postgresOf(dataDir).filter((pid) => pid !== postmaster);
        // A child that is killed makes Postgres start over on what is on disk.
        process.kill(random.chance(ONE_OF_ITS_CHILDREN) && children.length > 0 ? random.pick(children) : postmaster, 'SIGKILL');
        if (random.chance(AGAIN_AT_ONCE)) {
          await pause(random.below(LONGEST_RECOVERY_MS));
          for (const pid of postgresOf(dataDir).slice(0, 1)) process.kill(pid, 'SIGKILL');
        }
        await until('the engine had its Postgres again', () => runs(engine) && isWell(engine.url), PER_KILL_MS);
      },
    );
    expect({ seed, complaints: report.complaints, running: engine.process.running }).toEqual({ seed, complaints: [], running: true });
  },
  KILLS * PER_KILL_MS + 60_000,
);

/** @throws with its last words when it has ended. */
function runs({ process: engine }: Engine): true {
  if (!engine.running) throw new Error(`The engine ended: ${engine.stderr}${engine.stdout.slice(-2_000)}`);
  return true;
}
