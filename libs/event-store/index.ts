export * from './event-store';
export { SharedQuestion } from './following/shared-question';
export { LogElsewhere, type LogOptions, openEventStore } from './open-event-store';
export { knownArrayTypes } from './postgres/array-types';
export { ourDefaults } from './postgres/connect';
export { migrate } from './postgres/migrate';
export { OwnedSockets } from './postgres/owned-sockets';
export { type AppendStats, PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';
export { type Upcaster, upcasting } from './upcasting';
