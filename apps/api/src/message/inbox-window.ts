import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Configuration } from '../configuration';

/** For how long a broadcast reaches those who ask for what is unread (`COORD_BROADCAST_DAYS`). */
@Injectable()
export class InboxWindow {
  constructor(
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /** Broadcasts sent before this moment are not unread any more. */
  get start(): Date {
    return new Date(this.clock.now() - this.configuration.broadcastForMs);
  }
}
