export * from './progress';
export * from './workflow.decider';
export * from './workflow.events';
