import { type EventStore } from '@coord/event-store/index';
import { Leadership, ProjectionGroup, ReadModels } from '@coord/projection-runner/index';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ActivityNotes } from '../activity/activity-notes';
import { Moments } from '../status/moments';
import { Housekeeping } from './housekeeping';
import { EVENT_STORE } from './tokens';

/** Starts what runs behind the requests, and stops it after the last of them. */
@Injectable()
export class Engine implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private stopHousekeeping: (() => Promise<void>) | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly leadership: Leadership,
    private readonly projections: ProjectionGroup,
    private readonly readModels: ReadModels,
    private readonly activity: ActivityNotes,
    private readonly moments: Moments,
    private readonly housekeeping: Housekeeping,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.activity.prepare();
    await this.moments.prepare();
    this.projections.start();
    this.stopHousekeeping = this.housekeeping.startUnder(this.leadership);
    this.leadership.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopHousekeeping?.();
  }

  /** Requests under way have been answered by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.projections.stop();
    await this.leadership.stop();
    await this.readModels.close();
    await this.store.close();
  }
}
