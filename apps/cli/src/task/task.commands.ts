import type { Register } from '../register';
import { register as registerDocuments } from './documents';
import { register as registerLists } from './lists';
import { register as registerParts } from './parts';

export const register: Register = (program, context) => {
  const task = program.command('task').description('Tasks of the coordinator protocol: steps, artifacts, quality gates, blockers');
  registerDocuments(task, context);
  registerLists(task, context);
  registerParts(task, context);
};
