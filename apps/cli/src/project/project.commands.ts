import { answered, everyItem, type Project } from '@coord/client/index';
import type { Command } from 'commander';
import { withHelp } from '../help';
import { relativeTime } from '../output/relative-time';
import { table } from '../output/table';
import type { Register } from '../register';

export const register: Register = (program, context) => {
  const project = program.command('project').description('Projects: each comes to be by its first use');
  withHelp(
    project
      .command('list')
      .description('All projects, with counts and the last activity')
      .action(async (_options: object, command: Command) => {
        const { api, output } = context(command);
        output.result(await everyItem((query) => answered(api.GET('/api/coord/projects', { params: { query } }))), projectsText);
      }),
    { examples: ['coord project list'] },
  );
};

function projectsText(projects: readonly Project[]): string {
  if (projects.length === 0) return 'No projects.';
  const rows = projects.map(({ project_key, active_locks, components, messages, events, last_activity_at }) => [
    project_key,
    ...[active_locks, components, messages, events].map(String),
    relativeTime(last_activity_at),
  ]);
  return table(['PROJECT', 'LOCKS', 'COMPONENTS', 'MESSAGES', 'EVENTS', 'LAST ACTIVITY'], rows);
}
