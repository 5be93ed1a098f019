export * from './client';
export * from './problem';
export type { components, operations, paths } from './protocol';
export * from './types';
