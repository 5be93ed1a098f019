export * from './projects.projection';
export * from './projects.queries';
