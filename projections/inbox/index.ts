export * from './inbox.projection';
export * from './inbox.queries';
export * from './message-row';
export * from './unread.queries';
