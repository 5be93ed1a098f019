import { type CoordClient, CoordProblem } from '@coord/client/index';
import type { Entry } from './entry';
import { inParallel } from './in-parallel';
import type { Known } from './known';
import type { Plan } from './plan';
import type { Candidate } from './read-tree';

/** Requests at once: as many as the engine answers without one waiting long for another. */
const WIDTH = 12;

export interface TakingOptions {
  api: CoordClient;
  project_key: string;
  plan: Plan;
  known: Known;
  /** Writes nothing. */
  dryRun: boolean;
  /** In ms. */
  now: number;
  /** Broadcasts older than this, in days, go to the archive. */
  broadcastDays: number;
  progress: (what: string, done: number, of: number) => void;
}

/** One run of an import: what its steps share. */
export class Taking {
  /** Sessions that this run let act. */
  readonly acted = new Set<string>();

  constructor(readonly options: TakingOptions) {}

  /** Takes each candidate, and puts down in its entry what came of it. `take` gives `known` for what the engine has. */
  async each<Content>(
    what: string,
    candidates: readonly Candidate<Content>[],
    take: (one: Candidate<Content>) => Promise<Entry['outcome']>,
  ): Promise<void> {
    let done = 0;
    await inParallel(candidates, WIDTH, async (candidate) => {
      const { entry } = candidate;
      try {
        entry.outcome = await take(candidate);
      } catch (error) {
        if (!(error instanceof CoordProblem) || error.status >= 500) throw error;
        Object.assign(entry, { outcome: 'not-taken', reason: error.kind === 'lock-held' ? 'claimed-by-another' : 'refused', detail: error.message });
      }
      done += 1;
      this.options.progress(what, done, candidates.length);
    });
  }

  /** Steps that stand in no line of the report. */
  async eachOf<Item>(what: string, items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
    let done = 0;
    await inParallel(items, WIDTH, async (item) => {
      if (!this.options.dryRun) await work(item);
      done += 1;
      this.options.progress(what, done, items.length);
    });
  }

  /** The header for what was meant at `ms`. */
  meantAt(ms: number): Record<string, string> {
    return { 'coord-intended-at': new Date(ms).toISOString() };
  }
}
