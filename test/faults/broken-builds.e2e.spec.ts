import { join } from 'node:path';
import { removeFolders } from '@coord/embedded-server/testing/folders';
import { seed } from '../crash/random';
import { build } from '../support/build';
import { createDatabase, type TestDatabase } from '../support/database';
import { stopEngines } from '../support/engine';
import { Cluster } from './cluster';
import { lockUnderFaults } from './fault-run';
import type { FaultName } from './faults';

/** A run finds what chance lets it find: the rarest mistake, the release of a lock that another holds, is tried about once in forty calls. */
const RUNS_AT_MOST = 5;
const ANSWERED = 400;
const LONGEST_MS = 60_000;

const databases: TestDatabase[] = [];

beforeAll(build, 3 * LONGEST_MS);

afterAll(async () => {
  await stopEngines();
  for (const database of databases) await database.drop();
  await removeFolders();
});

/** The complaints of the first run that has any. */
async function complaintsAbout(preload: string, faults: FaultName[]): Promise<string> {
  const database = await createDatabase();
  databases.push(database);
  const cluster = await Cluster.start(database.url, { preload: join(__dirname, 'broken', preload) });
  try {
    for (let run = 0; run < RUNS_AT_MOST; run += 1) {
      const { complaints } = await lockUnderFaults(cluster, null, { seed: seed + run, clients: 12, faults, answered: ANSWERED });
      if (complaints.length > 0) return complaints.join('\n');
    }
    return '';
  } finally {
    await cluster.end();
  }
}

describe('what the fault tests are for is found by them:', () => {
  test.each<[string, FaultName[], RegExp]>([
    ['no-expected-revision.cjs', [], /is not linearizable/],
    ['answers-before-it-is-durable.cjs', ['an engine is killed'], /it was acknowledged, but 0 events say so/],
    ['fence-from-memory.cjs', [], /grants fence \d+ after/],
    ['release-without-owner-check.cjs', [], /is not linearizable/],
  ])('a build with %s', async (preload, faults, complaint) => expect(await complaintsAbout(preload, faults)).toMatch(complaint), LONGEST_MS);
});
