export * from './lock-row';
export * from './locks.projection';
export * from './locks.queries';
export * from './requests.queries';
