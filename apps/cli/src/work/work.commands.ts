import type { Register } from '../register';
import { register as registerChanges } from './changes';
import { register as registerClaims } from './claims';
import { register as registerLists } from './lists';

export const register: Register = (program, context) => {
  const work = program.command('work').description('Work items: the steps of workflows, each done by one session');
  registerLists(work, context);
  registerClaims(work, context);
  registerChanges(work, context);
};
