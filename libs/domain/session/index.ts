export * from './naming.decider';
export * from './session.commands';
export * from './session.decider';
export * from './session.events';
export { type SessionState, sayingNothing } from './session.state';
export * from './silence';
