/** The event store, whichever it is: ports have no class to be provided under. */
export const EVENT_STORE = Symbol('EventStore');
