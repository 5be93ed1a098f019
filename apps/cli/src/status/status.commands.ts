import { answered, type Board } from '@coord/client/index';
import { relativeTime } from '../output/relative-time';
import { table } from '../output/table';
import type { Register } from '../register';

export const register: Register = (program, context) => {
  program
    .command('status')
    .description('Coord status (locks, components, workflows)')
    .action(async (_options, command) => {
      const { api, output, settings } = context(command);
      const { project_key, session_id } = settings;
      const board = await answered(api.GET('/api/coord/status', { params: { query: { session_id, ...(project_key && { project_key }) } } }));
      output.result(board, boardText);
    });
};

function boardText({ locks }: Board): string {
  const rows = locks.map((lock) => [lock.project_key, lock.resource, lock.session_id, relativeTime(lock.acquired_at)]);
  return table(['PROJECT', 'RESOURCE', 'HOLDER', 'SINCE'], rows);
}
