import { removeFolders } from '@coord/embedded-server/testing/folders';
import { Random, seed } from '../crash/random';
import { build } from '../support/build';
import { stopEngines } from '../support/engine';
import { Cluster, canSetClocks, Database } from './cluster';
import { lockUnderFaults } from './fault-run';
import { FAULTS, type FaultName } from './faults';

/** `npm run test:faults -- --runs 100` sets it. */
const RUNS = Number(process.env.COORD_FAULT_RUNS ?? 2);
const FAULTS_OF_A_RUN = 3;
const LONGEST_RUN_MS = 180_000;

let database: Database;
beforeAll(async () => {
  await build();
  database = await Database.start();
}, LONGEST_RUN_MS);

afterAll(async () => {
  await stopEngines();
  await database.server.stop();
  await removeFolders();
});

const CLOCK: FaultName = 'a clock jumps by three hours';

/** Two runs have every fault between them, mixed anew for the next two. A clock that has jumped stays so: it comes last. */
function faultsOf(run: number): FaultName[] {
  const order = new Random(seed + (run >> 1));
  const names = (Object.keys(FAULTS) as FaultName[]).filter((name) => canSetClocks || name !== CLOCK);
  const mixed = names.map((name) => ({ name, at: order.next() })).sort((a, b) => a.at - b.at);
  const half = mixed.map(({ name }) => name).slice(...(run % 2 === 0 ? [0, FAULTS_OF_A_RUN] : [FAULTS_OF_A_RUN]));
  return half.sort((a, b) => Number(a === CLOCK) - Number(b === CLOCK));
}

describe('locks on two instances are linearizable, and nothing acknowledged is lost, though', () => {
  if (!canSetClocks) test.skip("a clock jumps by three hours (needs Debian's libfaketime, which is not installed)", () => undefined);

  const runs = Array.from({ length: RUNS }, (_, run) => ({ run, faults: faultsOf(run) }));
  test.each(runs)(
    'in run $run $faults',
    async ({ run, faults }) => {
      const cluster = await Cluster.start(await database.create());
      try {
        const report = await lockUnderFaults(cluster, database, { seed: seed + run, clients: 8 + ((seed + run) % 9), faults });
        if (process.env.COORD_FAULT_RUNS)
          process.stdout.write(`run ${run}, seed ${seed + run}: ${report.calls} calls, ${report.unknown} of unknown outcome\n`);
        expect({ seed: seed + run, complaints: report.complaints }).toEqual({ seed: seed + run, complaints: [] });
      } finally {
        await cluster.end();
      }
    },
    LONGEST_RUN_MS,
  );
});
