export * from './diff.queries';
export * from './history.projection';
export * from './history.queries';
