export * from './handoffs';
export * from './work.projection';
export * from './work-items.queries';
export * from './workflows.queries';
