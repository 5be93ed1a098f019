export * from './board.projection';
export * from './board-rows';
export * from './board-state';
export * from './live-board.queries';
export * from './rows-at';
export type { SignsOf } from './sessions-on-board';
export * from './signs.queries';
export * from './snapshots';
