export * from './command';
export * from './command-runner';
export * from './derived-id';
export { KEY_REMEMBERED } from './memory';
