export * from './components.projection';
export * from './components.queries';
