import { answered, everyItem } from '@coord/client/index';
import { type Command, Option } from 'commander';
import { EXIT, Failure } from '../failure';
import { withHelp } from '../help';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { workflowNamed } from './workflow-named';
import { workflowLine, workflowsText, workflowText } from './workflow-text';

const STATUSES = ['planning', 'active', 'blocked', 'completed', 'cancelled'] as const;

interface WorkflowOptions {
  name?: string;
  description?: string;
  status?: (typeof STATUSES)[number];
}

const status = (what: string): Option => new Option('--status <status>', what).choices(STATUSES);

export const register: Register = (program, context) => {
  const workflow = program.command('workflow').description('Workflows: initiatives of many work items');

  withHelp(
    workflow
      .command('create <name>')
      .description('Begin a workflow in the project')
      .option('--description <text>', 'what it is for')
      .addOption(status('planning unless said'))
      .action(async (name: string, options: WorkflowOptions, command: Command) => {
        const { api, project, settings, output } = context(command);
        const body = { ...options, name, project_key: project, created_by: settings.session_id };
        output.result(await answered(api.POST('/api/coord/workflows', { body })), workflowLine);
      }),
    { examples: ['coord workflow create Refunds --description "Refunds by card and by transfer" --status active'] },
  );

  withHelp(
    scoped(workflow.command('list').description('Workflows of the project, oldest first'))
      .addOption(status('only these'))
      .action(async ({ status: only, ...scope }: ScopeOptions & WorkflowOptions, command: Command) => {
        const coord = context(command);
        const query = { ...scopeOf(coord, scope), status: only };
        const found = await everyItem((at) => answered(coord.api.GET('/api/coord/workflows', { params: { query: { ...at, ...query } } })));
        coord.output.result(found, workflowsText);
      }),
    { examples: ['coord workflow list --status active'] },
  );

  withHelp(
    workflow
      .command('show <workflow>')
      .description('A workflow with its work items, by its name or id')
      .action(async (given: string, _options: object, command: Command) => {
        const coord = context(command);
        const path = { id: await workflowNamed(coord, given) };
        coord.output.result(await answered(coord.api.GET('/api/coord/workflows/{id}', { params: { path } })), workflowText);
      }),
    { examples: ['coord workflow show Refunds'], exits: { 5: 'no such workflow' } },
  );

  withHelp(
    workflow
      .command('set <workflow>')
      .description('Change a workflow; what is left out stays as it is')
      .option('--name <text>', 'what it is called')
      .option('--description <text>', 'what it is for')
      .addOption(status('what it is'))
      .action(async (given: string, options: WorkflowOptions, command: Command) => {
        if (Object.keys(options).length === 0) throw new Failure('Say what is to change: --name, --description or --status.', EXIT.usage);
        const coord = context(command);
        const path = { id: await workflowNamed(coord, given) };
        const body = { ...options, updated_by: coord.settings.session_id };
        coord.output.result(await answered(coord.api.PATCH('/api/coord/workflows/{id}', { params: { path }, body })), workflowLine);
      }),
    { examples: ['coord workflow set Refunds --status completed'], exits: { 5: 'no such workflow' } },
  );
};
