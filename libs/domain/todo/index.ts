export * from './todo.decider';
export * from './todo.events';
export * from './todo-tree.decider';
