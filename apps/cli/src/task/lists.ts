import { answered, everyItem } from '@coord/client/index';
import type { Command } from 'commander';
import { withHelp } from '../help';
import { eventsText } from '../history/event-text';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { metricsText, tasksText, taskText } from './task-text';

interface ListOptions extends ScopeOptions {
  status?: string;
  blocked?: boolean;
}

export const register: Register = (task, context) => {
  withHelp(
    scoped(task.command('list').description('Tasks of the project'))
      .option('--status <word>', 'only in this status')
      .option('--blocked', 'only those that are blocked')
      .option('--no-blocked', 'only those that are not')
      .action(async ({ status, blocked, ...scope }: ListOptions, command: Command) => {
        const coord = context(command);
        const query = { ...scopeOf(coord, scope), status, blocked };
        coord.output.result(
          await everyItem((at) => answered(coord.api.GET('/api/coord/tasks', { params: { query: { ...at, ...query } } }))),
          tasksText,
        );
      }),
    { examples: ['coord task list --blocked'] },
  );

  withHelp(
    task
      .command('show <id>')
      .description('A task in full')
      .action(async (task_id: string, _options: object, command: Command) => {
        const { api, output } = context(command);
        output.result(await answered(api.GET('/api/coord/tasks/{task_id}', { params: { path: { task_id } } })), taskText);
      }),
    { examples: ['coord task show refunds'], exits: { 5: 'no such task' } },
  );

  withHelp(
    task
      .command('history <id>')
      .description('All that happened to a task, oldest first')
      .action(async (task_id: string, _options: object, command: Command) => {
        const { api, output } = context(command);
        const path = { task_id };
        const events = await everyItem((query) => answered(api.GET('/api/coord/tasks/{task_id}/history', { params: { path, query } })));
        output.result(events, eventsText);
      }),
    { examples: ['coord task history refunds'], exits: { 5: 'no such task' } },
  );

  withHelp(
    scoped(
      task.command('metrics').description('What became of the tasks of the project: counts, durations, time blocked, pass rates of gates'),
    ).action(async (scope: ScopeOptions, command: Command) => {
      const coord = context(command);
      coord.output.result(await answered(coord.api.GET('/api/coord/metrics/tasks', { params: { query: scopeOf(coord, scope) } })), metricsText);
    }),
    { examples: ['coord task metrics'] },
  );
};
