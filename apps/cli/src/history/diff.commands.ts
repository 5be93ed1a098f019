import { answered } from '@coord/client/index';
import type { Command } from 'commander';
import { withHelp } from '../help';
import { momentOf } from '../moment';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { diffText } from './diff-text';

export const register: Register = (program, context) => {
  withHelp(
    scoped(
      program
        .command('diff <from> [to]')
        .description('What changed between two moments (a position, a time, or a span of the past as 2h); without the second: until now'),
    ).action(async (from: string, to: string | undefined, scope: ScopeOptions, command: Command) => {
      const coord = context(command);
      const query = { ...scopeOf(coord, scope), from: momentOf(from), to: to === undefined ? undefined : momentOf(to) };
      coord.output.result(await answered(coord.api.GET('/api/coord/diff', { params: { query } })), diffText);
    }),
    { examples: ['coord diff 2h', 'coord diff 2026-05-12T08:00:00Z 2026-05-12T18:00:00Z', 'coord diff 1024 2048'] },
  );
};
