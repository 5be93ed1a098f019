export * from './board-rows';
export * from './live-board.queries';
