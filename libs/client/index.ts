export * from './client';
export * from './event-stream';
export * from './every-item';
export * from './problem';
export type { components, operations, paths } from './protocol';
export type { Answered } from './routes';
export * from './softfail/index';
export * from './types';
