import { setTimeout as pause } from 'node:timers/promises';
import type { Leadership } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { Log } from '../http/log';
import { LostSweeper } from '../session/lost-sweeper';
import { RegistrationPolicy } from '../session/registration-policy';
import { SessionEnds } from '../session/session-ends';
import { Moments } from '../status/moments';
import { HandoffPolicy } from '../work-item/handoff-policy';
import { ExpirySweeper } from './expiry-sweeper';

/** `LockExpired` has to be in the log within a second. */
const EVERY_MS = 250;

/** What one instance does for all, again and again. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly sweeper: ExpirySweeper,
    private readonly registrations: RegistrationPolicy,
    private readonly lost: LostSweeper,
    private readonly ends: SessionEnds,
    private readonly handoffs: HandoffPolicy,
    private readonly moments: Moments,
    private readonly log: Log,
  ) {}

  /** @returns stops it and resolves when the round under way has ended. */
  startUnder(leadership: Leadership): () => Promise<void> {
    return leadership.lead((signal) => this.rounds(signal));
  }

  /** Everything once. It may be done on several instances at a time: what there is to write, each stream decides. */
  async round(): Promise<void> {
    await Promise.all([
      this.sweeper.sweep(),
      this.registrations.finish(),
      this.lost.sweep(),
      this.ends.finishAll(),
      this.handoffs.finish(),
      this.moments.tidyWhenDue(),
    ]);
  }

  private async rounds(signal: AbortSignal): Promise<void> {
    for (let troubled = false; !signal.aborted; ) {
      try {
        await this.round();
        troubled = false;
      } catch (error) {
        // the next round tries again; an outage is one line in the log, not four a second
        if (!troubled && !signal.aborted) this.log.warn({ err: error }, 'A round of housekeeping failed; trying on');
        troubled = true;
      }
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
