export * from './history.projection';
export * from './history.queries';
