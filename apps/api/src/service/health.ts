import { within } from '@coord/projection-runner/index';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LogPosition } from '../http/coord-position';
import { VERSION } from './version';

export interface ProjectionHealth {
  name: string;
  /** How far it has come in the log; null: this instance does not know. */
  position: number | null;
  /** Why it has stopped; null: it has not. */
  error: string | null;
}

/** What health asks of the engine, and the token that it is provided under. Both reject, or don't answer, when a database is gone. */
export abstract class Vitals {
  /** The position of the last event. */
  abstract head(): Promise<number>;
  abstract projections(): Promise<ProjectionHealth[]>;
}

export interface HealthReport {
  status: 'ok' | 'degraded';
  database: 'connected' | 'disconnected';
  version: string;
  position: number;
  projections: ProjectionHealth[];
}

/** The protocol allows 2 s for the whole answer. */
const DEADLINE_MS = 1_500;

/**
 * How the engine is. A projection that has stopped makes it degraded, too, while its database is connected: what reads
 * from that projection is refused until someone looks after it.
 */
@Injectable()
export class Health implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly vitals: Vitals,
    private readonly log: LogPosition,
  ) {}

  /** So that the first answers know where the log ends, even those that are about nothing in it. */
  async onApplicationBootstrap(): Promise<void> {
    await this.report();
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** Whether new requests should come here: the databases answer, and the server is not about to stop. */
  async ready(): Promise<boolean> {
    return !this.stopping && (await this.report()).database === 'connected';
  }

  async report(): Promise<HealthReport> {
    try {
      const [position, projections] = await within(DEADLINE_MS, Promise.all([this.vitals.head(), this.vitals.projections()]));
      this.log.seen(position);
      const stopped = projections.some(({ error }) => error !== null);
      return { status: stopped ? 'degraded' : 'ok', database: 'connected', version: VERSION, position, projections };
    } catch {
      // Why it can't be reached is in the log of whoever tried to work with it; here it is the answer itself.
      return { status: 'degraded', database: 'disconnected', version: VERSION, position: this.log.highest, projections: [] };
    }
  }
}
