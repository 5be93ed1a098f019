export * from './inbox.projection';
export { findMessage, knownMessages, listMessages, listUnanswered, receiptsOf } from './inbox.queries';
export * from './message-row';
export * from './search.queries';
export * from './unread.queries';
export * from './unread-of-sessions.queries';
