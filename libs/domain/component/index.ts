export * from './component.decider';
