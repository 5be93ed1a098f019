import { answered, type Board } from '@coord/client/index';
import type { Command } from 'commander';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { helpText } from '../help';
import { momentOf } from '../moment';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { boardText } from './board-text';
import { watchBoard } from './watch-board';

interface StatusOptions extends ScopeOptions {
  at?: string;
  watch?: boolean;
}

export const register: Register = (program, context) => {
  scoped(program.command('status'))
    .description('Coord status (locks, components, workflows)')
    .option('--at <moment>', 'the board as it was: a time (2026-05-12T15:30:00Z), a span of the past (2h) or a log position')
    .option('--watch', 'show it live, until Ctrl-C (JSON: a board a line)')
    .addHelpText('after', helpText({ examples: ['coord status', 'coord status --at 2h', 'coord status --watch'] }))
    .action(async ({ at, watch, ...scope }: StatusOptions, command: Command) => {
      const coord = context(command);
      if (watch && at !== undefined) throw new Failure('A board of the past does not change: leave out --at or --watch.', EXIT.usage);
      const look = () => boardOf(coord, { ...scopeOf(coord, scope), ...(at !== undefined && { at: momentOf(at) }) });
      if (watch) return watchBoard(coord, scopeOf(coord, scope), look);
      coord.output.result(await look(), (board, colors) => boardText(board, colors, at === undefined ? Date.now() : Date.parse(board.generated_at)));
    });
};

const boardOf = ({ api, settings: { session_id } }: Context, query: { project_key?: string; at?: string }): Promise<Board> =>
  answered(api.GET('/api/coord/status', { params: { query: { session_id, ...query } } }));
