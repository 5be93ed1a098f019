import type { Outcome } from '@coord/command-runner/index';
import type { LockRequest, LockState } from '@coord/domain/lock/index';
import { staleAfter } from '@coord/domain/session/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { lastActivityOf } from '@projections/locks/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { type DomainLockProblem, type HttpProblem } from '../http/problems';
import { type LockView, type Look, lockView } from './lock.view';

/** Shows the locks that a refusal is about whole, with the last sign of their holders. */
@Injectable()
export class LockRefusals {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  readonly present = async (problem: DomainLockProblem): Promise<HttpProblem> => {
    if (problem.problem === 'not-lock-owner') return { problem: 'not-lock-owner', holder: await this.show(problem.lock), to: problem.to };
    if (problem.problem === 'lock-ended') return { problem: 'lock-ended', lock: await this.show(problem.lock) };
    const conflicts = await this.showAll(problem.conflicts);
    const [holder] = conflicts;
    if (!holder) throw new Error('A lock is held by no one.');
    return { problem: 'lock-held', holder, conflicts, retry_after: retryAfter(conflicts), explain: explain(conflicts, problem.ahead) };
  };

  /** When a session last gave a sign, as of the end of the log; null if it never did. */
  async lastActivityOf(session: string): Promise<string | null> {
    return (await this.lastActivities([session])).get(session) ?? null;
  }

  private async lastActivities(sessions: string[]): Promise<Map<string, string>> {
    return (await this.readModels.read((sql) => lastActivityOf(sql, sessions), { of: ['sessions'] })).result;
  }

  /** A lock is stale after long silence of its holder, and in any case once its holder is lost (protocol, "Stale"). `now` in milliseconds. */
  lookAt(now: number): Look {
    return { now, staleAfter: staleAfter(this.configuration) };
  }

  get look(): Look {
    return this.lookAt(this.clock.now());
  }

  private async show(lock: LockState): Promise<LockView> {
    return lockView(lock, await this.lastActivityOf(lock.session_id), this.look);
  }

  private async showAll(locks: readonly LockState[]): Promise<LockView[]> {
    const seen = await this.lastActivities([...new Set(locks.map((lock) => lock.session_id))]);
    return locks.map((lock) => lockView(lock, seen.get(lock.session_id) ?? null, this.look));
  }
}

/** A problem that a command met is shown by `send`; until then it stays as the decider gave it. */
export const isRefused = (outcome: Outcome, problem: string): boolean => 'problem' in outcome && outcome.problem.problem === problem;

/** Seconds until the first of the locks runs out; null if none does. */
function retryAfter(locks: readonly LockView[]): number | null {
  const remaining = locks.flatMap((lock) => lock.ttl_remaining_ms ?? []);
  return remaining.length > 0 ? Math.max(1, Math.ceil(Math.min(...remaining) / 1_000)) : null;
}

function explain(locks: readonly LockView[], ahead: readonly LockRequest[]): string {
  const [first, ...others] = locks as [LockView, ...LockView[]];
  const until = first.expires_at === null ? 'without expiry' : `until ${first.expires_at}`;
  const stale = first.stale ? '; it is stale, so anyone may release it' : '';
  const more = others.length > 0 ? `, and ${others.length} more ${others.length === 1 ? 'lock is' : 'locks are'} in the way` : '';
  return `${first.session_id} holds ${first.resource} (${first.mode}) since ${first.acquired_at}, ${until}${stale}${more}.${waiting(ahead)}`;
}

/** Who comes first once the locks have gone. */
function waiting([next, ...others]: readonly LockRequest[]): string {
  if (!next) return '';
  const what = next.wanted.map(({ resource }) => resource).slice(0, 3);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return ` ${next.session_id} waits for ${what.join(', ')} (${next.mode}) since ${next.queued_at}${more}; claim with wait_seconds to stand in line.`;
}
