import { ARCHIVE } from './archive';
import { type Entry, type Kind, REASONS, type Reason } from './entry';
import { knownOf } from './known';
import { planOf } from './plan';
import { readCandidates } from './read-tree';
import { takeClaims } from './take-claims';
import { takeMessages } from './take-messages';
import { endThoseOver, takeHeartbeats, takeSessions } from './take-sessions';
import { Taking, type TakingOptions } from './taking';
import { readTree } from './tree';

export interface Report {
  folder: string;
  project_key: string;
  dry_run: boolean;
  /** How many files were looked at. */
  files: number;
  counts: Record<Kind, { taken: number; known: number; not_taken: number }>;
  /** How many records were not taken for each reason. */
  reasons: Partial<Record<Reason, number>>;
  /** Sessions that were over, and were ended in the engine. */
  sessions_ended: number;
  /** A line for each file, and for each record of a file with several. */
  entries: Entry[];
}

/** Brings a COORDINATION folder into the engine. What it took before it knows, so that it can be run again, also after it was cut off. */
export async function importTree(folder: string, options: Omit<TakingOptions, 'plan' | 'known'>): Promise<Report> {
  const tree = readTree(folder);
  options.progress('files read', 0, tree.found.length);
  const candidates = readCandidates(tree);
  options.progress('files read', tree.found.length, tree.found.length);
  const plan = planOf(candidates, options.now);
  const known = await knownOf(
    options.api,
    options.project_key,
    plan.claims.map(({ record }) => record.session_id),
  );
  const taking = new Taking({ ...options, plan, known });
  await takeSessions(taking);
  await takeHeartbeats(taking);
  await takeClaims(taking);
  await takeMessages(taking);
  const sessions_ended = await endThoseOver(taking, (session) => session === ARCHIVE || !plan.isAlive(session));
  const entries = candidates.entries.sort((a, b) => (a.file === b.file ? (a.record ?? 0) - (b.record ?? 0) : a.file < b.file ? -1 : 1));
  return {
    folder,
    project_key: options.project_key,
    dry_run: options.dryRun,
    files: tree.found.length + tree.aside.length,
    counts: countsOf(entries),
    reasons: reasonsOf(entries),
    sessions_ended,
    entries,
  };
}

function countsOf(entries: readonly Entry[]): Report['counts'] {
  const of = (kind: Kind) => {
    const count = (outcome: Entry['outcome']): number => entries.filter((entry) => entry.kind === kind && entry.outcome === outcome).length;
    return { taken: count('taken'), known: count('known'), not_taken: count('not-taken') };
  };
  return { session: of('session'), heartbeat: of('heartbeat'), claim: of('claim'), message: of('message') };
}

function reasonsOf(entries: readonly Entry[]): Report['reasons'] {
  const counts = (Object.keys(REASONS) as Reason[]).map((reason) => [reason, entries.filter((entry) => entry.reason === reason).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
