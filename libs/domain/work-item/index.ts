export * from './work-graph.decider';
export * from './work-item.decider';
export * from './work-item.events';
