export * from './todos.projection';
export * from './todos.queries';
