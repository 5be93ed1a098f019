export * from './sessions.projection';
export * from './sessions.queries';
