import { setTimeout as pause } from 'node:timers/promises';
import { CommandRunner, derivedId, type Outcome } from '@coord/command-runner/index';
import { type LockState, nextMoment, type WithdrawalReason } from '@coord/domain/lock/index';
import { StoreUnavailable } from '@coord/event-store/index';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../clock';
import { Arrivals } from '../engine/arrivals';
import { Commands } from '../engine/commands';
import type { Watcher } from '../engine/watcher';
import { Metrics } from '../service/metrics';
import { EndedLocks } from './ended-locks';
import { isRefused } from './lock-refusals';
import { QueueClock } from './queue-clock';
import { SharedWaits } from './shared-waits';
import { Turn } from './turn';
import { bodyOf, type Joined, type Left, type MadeClaim, WaitingClaim } from './waiting-claim';

/** A store that is away is asked again after this, in ms, for what must not be left undone. */
const AGAIN_MS = 1_000;

/** Why a request left that its caller may still be waiting for, here. */
const MAY_COME_AGAIN = new Set<string>(['hang-up', 'shutdown', 'refused', 'timeout']);

/** A claim that waits in this process. `conflicts`: what refused it at first. */
interface Waiting {
  claim: WaitingClaim;
  turn: Turn;
  watcher: Watcher;
  conflicts: readonly LockState[];
  signal: AbortSignal;
}

/**
 * Holds claims that wait for a lock until the log says that they are granted. The queue itself is in the log: who is next is decided there,
 * by whoever sets the resource free; here are only the callers, woken by the subscription that all in this process share.
 */
@Injectable()
export class LockWaits {
  private readonly shared = new SharedWaits();
  private waiting = 0;

  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly arrivals: Arrivals,
    private readonly queueClock: QueueClock,
    private readonly ended: EndedLocks,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Waits up to the claim's `wait_seconds`. The same key at the same time waits once. `signal` aborts when the caller has gone.
   * @returns the grant, `lock-held` if it did not come in time, or what refused to hand it out
   * @throws StoreUnavailable, also when the engine stops
   */
  wait(made: MadeClaim, refusal: { conflicts: readonly LockState[]; position: number }, signal: AbortSignal): Promise<Outcome> {
    const key = made.context.idempotency;
    const id = key ? derivedId('lock request', key.scope, key.body) : uuidv7();
    return this.shared.join({ key, position: refusal.position }, signal, (all) => this.hold(new WaitingClaim(made, id), refusal.conflicts, all));
  }

  private async hold(claim: WaitingClaim, conflicts: readonly LockState[], signal: AbortSignal): Promise<Outcome> {
    const turn = new Turn(claim.projectKey, claim.requestId);
    const watcher = await this.arrivals.watch(turn, signal);
    this.metrics.lockWaiters(++this.waiting);
    try {
      return await this.stand({ claim, turn, watcher, conflicts, signal });
    } finally {
      watcher.end();
      this.metrics.lockWaiters(--this.waiting);
    }
  }

  private async stand(waiting: Waiting): Promise<Outcome> {
    const { claim, turn, watcher, signal } = waiting;
    if (watcher.over) throw new StoreUnavailable('none');
    const patience = claim.made.claim.wait_seconds * 1_000;
    const end = performance.now() + patience;
    const until = this.clock.now() + patience;
    do {
      turn.over = null;
      const now = this.clock.now();
      const joined = bodyOf<Joined>(await this.commands.execute(claim.join(until, now)));
      if (!joined.waits) return this.take(waiting);
      if (joined.due !== null) turn.due = Math.min(joined.due, turn.due ?? joined.due);
      await this.standInLine(waiting, end);
      // a request that another engine held for the same key left with its caller
    } while (turn.over && MAY_COME_AGAIN.has(turn.over) && !watcher.over && performance.now() < end && this.clock.now() < until);
    if (signal.aborted) return this.hungUp(waiting);
    if (turn.over || !watcher.over) return this.giveUp(waiting, 'timeout');
    const outcome = await this.giveUp(waiting, 'shutdown');
    if (isRefused(outcome, 'lock-held')) throw new StoreUnavailable('none');
    return outcome;
  }

  private async standInLine(waiting: Waiting, end: number): Promise<void> {
    const { turn, watcher } = waiting;
    while (!turn.over && !watcher.over && performance.now() < end) {
      const left = turn.due === null ? Number.POSITIVE_INFINITY : turn.due - this.clock.now();
      if (left <= 0) await this.moveOn(waiting);
      else await watcher.next(Math.max(1, Math.min(left, end - performance.now())));
    }
  }

  /** The next moment has come; what it brings, the log will say. */
  private async moveOn({ claim, turn }: Waiting): Promise<void> {
    turn.due = null;
    try {
      const state = await this.queueClock.moveOn(claim.projectKey);
      const next = nextMoment(state, claim.requestId, this.clock.now());
      if (next !== null) turn.due = Math.min(next, turn.due ?? next);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      turn.due = this.clock.now() + AGAIN_MS;
    }
  }

  /** Out of the queue, unless the grant came first: then it is the answer. */
  private async giveUp(waiting: Waiting, reason: WithdrawalReason): Promise<Outcome> {
    const outcome = await this.runner.run(waiting.claim.leave(reason, this.clock.now()));
    const { granted, conflicts } = bodyOf<Left>(outcome);
    if (granted) return this.take(waiting);
    return {
      problem: { problem: 'lock-held', conflicts: conflicts.length > 0 ? conflicts : waiting.conflicts, ahead: [] },
      position: outcome.position,
    };
  }

  /** The answer will reach no one, so nothing may stay behind: neither the request nor a grant. */
  private async hungUp({ claim, turn, conflicts }: Waiting): Promise<Outcome> {
    for (const end = performance.now() + claim.made.claim.wait_seconds * 1_000; ; await pause(AGAIN_MS, undefined, { ref: false })) {
      try {
        const { position } = await this.runner.run(claim.leave('hang-up', this.clock.now(), turn.claimed));
        return { problem: { problem: 'lock-held', conflicts, ahead: [] }, position };
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || performance.now() > end) throw error;
      }
    }
  }

  private async take(waiting: Waiting): Promise<Outcome> {
    const { claim, turn, signal } = waiting;
    if (signal.aborted) return this.hungUp(waiting);
    const now = this.clock.now();
    const outcome = await this.commands.execute(claim.take(now), claim.made.claim);
    if (isRefused(outcome, 'not-found')) return this.takeEnded(waiting);
    if ('problem' in outcome) await this.runner.run(claim.leave('refused', now, turn.claimed));
    // under a key, whoever asks again gets the answer
    else if (signal.aborted && !claim.made.context.idempotency) return this.hungUp(waiting);
    return outcome;
  }

  /** A grant that has ended before it was handed out, as that of a lease of a moment: the caller had it. */
  private async takeEnded({ claim, turn }: Waiting): Promise<Outcome> {
    const ids = turn.granted.length > 0 ? turn.granted : claim.made.resources.map(({ id }) => id);
    const locks = await Promise.all(ids.map((id) => this.ended.find(id)));
    const task = claim.take(this.clock.now());
    return this.commands.execute({ ...task, decider: { ...task.decider, decide: () => [] }, answer: () => claim.answer(locks) });
  }
}
