import { CommandRunner } from '@coord/command-runner/index';
import type { Upcaster } from '@coord/domain/upcasters/index';
import { type EventStore, openEventStore, Upcasts, upcasting } from '@coord/event-store/index';
import { Leadership, ProjectionGroup, ReadModels } from '@coord/projection-runner/index';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { ActivityNotes } from '../activity/activity-notes';
import { Configuration } from '../configuration';
import { Reads } from '../http/coord-position';
import { Log } from '../http/log';
import { FenceGate } from '../lock/fence-gate';
import { LockDirectory } from '../lock/lock-directory';
import { LockRefusals } from '../lock/lock-refusals';
import { SessionRequests } from '../lock/session-requests';
import { Vitals } from '../service/health';
import { Metrics } from '../service/metrics';
import { LostSweeper } from '../session/lost-sweeper';
import { Registrar } from '../session/registrar';
import { RegistrationPolicy } from '../session/registration-policy';
import { SessionEnds } from '../session/session-ends';
import { Moments } from '../status/moments';
import { HandoffNotices } from '../work-item/handoff-notices';
import { HandoffPolicy } from '../work-item/handoff-policy';
import { Arrivals } from './arrivals';
import { Commands } from './commands';
import { Engine } from './engine';
import { ExpirySweeper } from './expiry-sweeper';
import { Housekeeping } from './housekeeping';
import { PROJECTION_NAMES, projectionsOn } from './projections';
import { EVENT_STORE, WRITTEN_LOG } from './tokens';

const openStore = (databaseUrl: string) => ({
  provide: WRITTEN_LOG,
  inject: [Configuration, Metrics],
  useFactory: ({ eventStoreUrl }: Configuration, metrics: Metrics): Promise<EventStore> =>
    openEventStore({
      eventStoreUrl,
      databaseUrl,
      onAppend: ({ durationMs, events }) => metrics.append(durationMs / 1_000, events),
    }),
});

const readStore = (upcasters: readonly Upcaster[]) => ({
  provide: EVENT_STORE,
  inject: [WRITTEN_LOG],
  useFactory: (log: EventStore): EventStore => upcasting(log, upcasters),
});

const leadership = (databaseUrl: string) => ({
  provide: Leadership,
  inject: [Log],
  useFactory: (log: Log) => new Leadership({ databaseUrl, name: 'engine', log }),
});

const group = (databaseUrl: string) => ({
  provide: ProjectionGroup,
  inject: [EVENT_STORE, Leadership, ReadModels, Configuration, Log, Metrics],
  useFactory: (store: EventStore, leads: Leadership, readModels: ReadModels, configuration: Configuration, log: Log, metrics: Metrics) => {
    const onBatch = ({ lagMs }: { lagMs: number | null }) => lagMs !== null && metrics.projectionLag(lagMs / 1_000);
    const all = projectionsOn(store, configuration);
    const projections = new ProjectionGroup({ store, databaseUrl, projections: all, leadership: leads, log, onBatch });
    projections.onAdvance(readModels);
    return projections;
  },
});

const readModels = (databaseUrl: string) => ({
  provide: ReadModels,
  inject: [EVENT_STORE],
  useFactory: (store: EventStore) => new ReadModels({ store, databaseUrl, names: PROJECTION_NAMES }),
});

const runner = {
  provide: CommandRunner,
  inject: [EVENT_STORE, Log],
  useFactory: (store: EventStore, log: Log) =>
    new CommandRunner(store, (error) => log.warn({ err: error }, 'A snapshot could not be saved; the next one will be')),
};

const vitals = {
  provide: Vitals,
  inject: [EVENT_STORE, ProjectionGroup],
  useFactory: (store: EventStore, projections: ProjectionGroup): Vitals => ({
    head: () => store.head(),
    projections: () => Promise.resolve(projections.health().projections),
  }),
};

/** The write side and the read side, for every concept to use. */
@Global()
@Module({})
export class EngineModule {
  /** `databaseUrl`: a Postgres that is there, the embedded one or another, for the read models; for the log, too, unless that is configured to be elsewhere. */
  static on(databaseUrl: string, upcasters: readonly Upcaster[]): DynamicModule {
    const shared = [
      CommandRunner,
      ReadModels,
      Commands,
      LockDirectory,
      LockRefusals,
      Registrar,
      SessionEnds,
      HandoffNotices,
      ActivityNotes,
      Moments,
      Vitals,
      Reads,
      Arrivals,
      EVENT_STORE,
      WRITTEN_LOG,
      Upcasts,
    ];
    const stores = [
      openStore(databaseUrl),
      readStore(upcasters),
      { provide: Upcasts, useValue: new Upcasts(upcasters) },
      leadership(databaseUrl),
      readModels(databaseUrl),
      group(databaseUrl),
      runner,
      vitals,
    ];
    const services = [
      Commands,
      FenceGate,
      LockDirectory,
      LockRefusals,
      SessionRequests,
      Registrar,
      RegistrationPolicy,
      LostSweeper,
      SessionEnds,
      HandoffNotices,
      HandoffPolicy,
      Moments,
      ActivityNotes,
      ExpirySweeper,
      Housekeeping,
      Arrivals,
    ];
    return {
      module: EngineModule,
      providers: [...stores, { provide: Reads, useExisting: ReadModels }, ...services, Engine],
      exports: shared,
    };
  }
}
