import { setTimeout as pause } from 'node:timers/promises';
import { lockStream } from '@coord/domain/lock/index';
import { historyAtRest, historyOf, isWell, readSide } from '../crash/at-rest';
import { checkLocks } from '../crash/check-locks';
import { checkStreams } from '../crash/check-log';
import { checkOperations } from '../crash/check-operations';
import { checkReads } from '../crash/check-reads';
import { Random } from '../crash/random';
import { until } from '../support/until';
import type { Cluster, Database } from './cluster';
import { FAULTS, type FaultName } from './faults';
import type { Call } from './linearizable';
import { LockClient } from './lock-client';
import type { LockOp } from './lock-model';
import { type CallsByResource, judge, judgeByLog } from './verdict';

const RESOURCES = ['src/a.ts', 'src/b.ts', 'docs', 'db:schema:users', 'deploy:prod'];
/** Before each fault and after the last, so that each hits instances at work, and what follows from it is seen. */
const AT_LEAST_ANSWERED = 60;
const LONGEST_PEACE_MS = 500;
const RECOVERY_MS = 30_000;
const REST_MS = 20_000;
const BROKEN_REST_MS = 3_000;
/** Steps of the search that does not ask the log. */
const FIRST_PATIENCE = 50_000;

export interface Run {
  seed: number;
  clients: number;
  faults: readonly FaultName[];
  /** How many calls are answered before each fault and after the last. Default 60. */
  answered?: number;
}

export interface Report {
  complaints: string[];
  calls: number;
  unknown: number;
}

/** Has clients lock on all members of a cluster while faults happen, and holds what they were told against the model of locks, the log and the read models. */
export async function lockUnderFaults(cluster: Cluster, database: Database | null, run: Run): Promise<Report> {
  const random = new Random(run.seed);
  const project = `faults-${run.seed}`;
  const clients = Array.from(
    { length: run.clients },
    (_, n) => new LockClient(`${project}-${n + 1}`, project, RESOURCES, cluster.members, new Random(run.seed * 100 + n)),
  );
  const complaints: string[] = [];
  const end = new AbortController();
  const running = Promise.all(clients.map((client) => client.run(end.signal).catch((error: Error) => complaints.push(error.message))));
  const work = async (): Promise<void> => {
    const due = answered(clients) + (run.answered ?? AT_LEAST_ANSWERED);
    await until('the clients were answered', () => complaints.length > 0 || answered(clients) >= due, RECOVERY_MS);
  };
  try {
    for (const fault of run.faults) {
      await work();
      await pause(random.below(LONGEST_PEACE_MS));
      await FAULTS[fault]({ cluster, database, random });
    }
    await work();
    for (const member of cluster.members) await member.mendClock();
    for (const member of cluster.members) await until('an instance was well', () => isWell(member.url()), RECOVERY_MS);
  } finally {
    end.abort();
    await running;
  }
  const calls = byResource(clients);
  const { complaints: anomalies, undecided } = judge(calls, FIRST_PATIENCE);
  complaints.push(...anomalies);
  // What is broken already may never come to rest.
  complaints.push(...(await evidence(cluster, project, clients, undecided, complaints.length > 0 ? BROKEN_REST_MS : REST_MS)));
  const all = [...calls.values()].flat();
  return { complaints, calls: all.length, unknown: all.filter((call) => call.answered === Number.POSITIVE_INFINITY).length };
}

const answered = (clients: readonly LockClient[]): number => clients.reduce((sum, client) => sum + client.answered, 0);

const byResource = (clients: readonly LockClient[]): Map<string, Call<LockOp>[]> =>
  new Map(RESOURCES.map((resource) => [resource, clients.flatMap((client) => client.calls.get(resource) ?? [])]));

/** No acknowledged write lost, fences unique and growing, read models as the log has it. */
async function evidence(
  cluster: Cluster,
  project: string,
  clients: readonly LockClient[],
  undecided: CallsByResource,
  patienceMs: number,
): Promise<string[]> {
  const url = cluster.members[0]?.url() ?? '';
  const stream = lockStream(project);
  const rest = await historyAtRest(url, stream, patienceMs).catch((error: Error) => error.message);
  const history = typeof rest === 'string' ? await historyOf(url, stream) : rest;
  const operations = clients.flatMap((client) => client.operations);
  const reads = await readSide(
    url,
    project,
    clients.map(({ session }) => session),
  );
  return [
    ...(typeof rest === 'string' ? [rest] : []),
    ...judgeByLog(undecided, new Set(history.flatMap(({ correlation_id }) => correlation_id ?? []))),
    ...checkStreams(history, operations),
    ...checkOperations(history, operations),
    ...checkLocks(history, operations),
    ...checkReads(history, reads),
  ];
}
