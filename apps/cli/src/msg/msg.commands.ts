import type { Register } from '../register';
import * as inbox from './inbox';
import * as look from './look';
import * as send from './send';
import * as watch from './watch';

export const register: Register = (program, context) => {
  const msg = program.command('msg').description('Messages between sessions');
  send.register(msg, context);
  inbox.register(msg, context);
  look.register(msg, context);
  watch.register(msg, context);
};
