import type { Register } from '../register';
import * as claim from './claim';
import * as look from './look';
import * as upkeep from './upkeep';

export const register: Register = (program, context) => {
  const lock = program.command('lock').description('Locks: who may change what');
  claim.register(lock, context);
  upkeep.register(lock, context);
  look.register(lock, context);
};
