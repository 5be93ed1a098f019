import { answered, everyItem } from '@coord/client/index';
import { type Command, Option } from 'commander';
import type { Context } from '../context';
import { withHelp } from '../help';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { workflowNamed } from '../workflow/workflow-named';
import { workItemNamed } from './work-item-named';
import { workItemsText, workItemText } from './work-text';

export const STATUSES = ['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const;

interface ListOptions extends ScopeOptions {
  workflow?: string;
  status?: (typeof STATUSES)[number];
  assignedTo?: string;
  mine?: boolean;
  ready?: boolean;
  open?: boolean;
}

const OVER = new Set<string>(['completed', 'cancelled']);

export const register: Register = (work, context) => {
  const show = async (coord: Context, { workflow, status, assignedTo, mine, ready, open, ...scope }: ListOptions) => {
    const query = {
      ...scopeOf(coord, scope),
      ...{ status, assigned_to: mine ? coord.settings.session_id : assignedTo },
      ...(ready && { ready }),
      ...(workflow !== undefined && { workflow_id: await workflowNamed(coord, workflow) }),
    };
    const items = await everyItem((at) => answered(coord.api.GET('/api/coord/work-items', { params: { query: { ...at, ...query } } })));
    coord.output.result(open ? items.filter((item) => !OVER.has(item.status)) : items, workItemsText);
  };

  withHelp(
    scoped(work.command('list').description('Work items of the project: higher priority first, then older first'))
      .option('--workflow <workflow>', 'only of this one, by its id or name')
      .addOption(new Option('--status <status>', 'only these').choices(STATUSES))
      .option('--assigned-to <session>', 'only those of this session')
      .option('--mine', 'only those of this session of yours')
      .option('--ready', 'only those that may begin')
      .option('--open', 'only those that are not over')
      .action((options: ListOptions, command: Command) => show(context(command), options)),
    { examples: ['coord work list --open', 'coord work list --mine --status in_progress'] },
  );

  withHelp(
    scoped(work.command('ready').description('What may begin: pending, and all that it depends on is completed'))
      .option('--workflow <workflow>', 'only of this one, by its id or name')
      .action((options: ListOptions, command: Command) => show(context(command), { ...options, ready: true })),
    { examples: ['coord work ready'] },
  );

  withHelp(
    work
      .command('show <id>')
      .description('A work item in full')
      .action(async (given: string, _options: object, command: Command) => {
        const coord = context(command);
        const path = { id: await workItemNamed(coord, given) };
        coord.output.result(await answered(coord.api.GET('/api/coord/work-items/{id}', { params: { path } })), workItemText);
      }),
    { examples: ['coord work show 3b9aa10c'], exits: { 5: 'no such work item' } },
  );
};
