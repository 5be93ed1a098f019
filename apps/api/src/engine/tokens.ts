/** The event store, whichever it is: ports have no class to be provided under. */
export const EVENT_STORE = Symbol('EventStore');

/** The same one without upcasters: events as they were written, whatever their version. For an archive of the log. */
export const WRITTEN_LOG = Symbol('WrittenLog');
