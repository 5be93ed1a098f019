export * from './metrics.queries';
export { tasksProjection } from './tasks.projection';
export * from './tasks.queries';
