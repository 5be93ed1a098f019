export * from './message.decider';
export * from './message.events';
