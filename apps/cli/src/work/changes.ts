import { answered, type components } from '@coord/client/index';
import { type Command, Option } from 'commander';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { withHelp } from '../help';
import { numberOf } from '../numbers';
import { many } from '../options';
import type { Register } from '../register';
import { workflowNamed } from '../workflow/workflow-named';
import { STATUSES } from './lists';
import { workItemNamed } from './work-item-named';
import { changedText } from './work-text';

type Change = components['schemas']['ChangeWorkItemDto'];

interface ItemOptions {
  workflow: string;
  title?: string;
  description?: string;
  priority?: string;
  dependsOn?: string[];
  assignTo?: string;
  status?: (typeof STATUSES)[number];
}

/** What the options say of an item; what is left out is not said. */
async function saidOf(coord: Context, { title, description, priority, dependsOn, assignTo, status }: Omit<ItemOptions, 'workflow'>): Promise<Change> {
  return {
    ...{ title, description, status, assigned_to: assignTo === 'nobody' ? null : assignTo },
    ...(priority !== undefined && { priority: numberOf('--priority', priority, Number.MIN_SAFE_INTEGER) }),
    ...(dependsOn && { depends_on: await Promise.all(dependsOn.filter((id) => id !== 'nothing').map((id) => workItemNamed(coord, id))) }),
  };
}

/** Changes that need no more than a word. */
const TURNS: readonly { name: string; description: string; change: Change }[] = [
  { name: 'done', description: 'Complete a work item', change: { status: 'completed' } },
  { name: 'block', description: 'Say that a work item is blocked', change: { status: 'blocked' } },
  { name: 'resume', description: 'Say that work on an item goes on', change: { status: 'in_progress' } },
  { name: 'release', description: 'Give a work item back: pending, and nobody has it', change: { status: 'pending', assigned_to: null } },
  { name: 'cancel', description: 'Cancel a work item', change: { status: 'cancelled' } },
];

export const register: Register = (work, context) => {
  const change = async (coord: Context, given: string, said: Change) => {
    const path = { id: await workItemNamed(coord, given) };
    const body = { ...said, updated_by: coord.settings.session_id };
    coord.output.result(await answered(coord.api.PATCH('/api/coord/work-items/{id}', { params: { path }, body })), changedText);
  };

  withHelp(
    work
      .command('add <title>')
      .description('Add a work item to a workflow of the project')
      .requiredOption('--workflow <workflow>', 'by its id or name')
      .option('--description <text>', 'what is to be done')
      .option('--priority <number>', 'higher comes first; 0 unless said')
      .option('--depends-on <id>', 'may begin when this one is completed; may be repeated', many)
      .option('--assign-to <session>', 'whose it is')
      .action(async (title: string, { workflow, ...options }: ItemOptions, command: Command) => {
        const coord = context(command);
        const { project } = coord;
        const workflow_id = await workflowNamed(coord, workflow);
        const body = { ...(await saidOf(coord, options)), title, workflow_id, project_key: project };
        coord.output.result(await answered(coord.api.POST('/api/coord/work-items', { body })), changedText);
      }),
    {
      examples: [
        'coord work add "Write the migration" --workflow Refunds --priority 5',
        'coord work add "Deploy" --workflow Refunds --depends-on 3b9aa10c',
      ],
    },
  );

  for (const { name, description, change: said } of TURNS)
    withHelp(
      work
        .command(`${name} <id>`)
        .description(description)
        .action((given: string, _options: object, command: Command) => change(context(command), given, said)),
      { examples: [`coord work ${name} 3b9aa10c`], exits: { 5: 'no such work item' } },
    );

  withHelp(
    work
      .command('set <id>')
      .description('Change a work item; what is left out stays as it is')
      .option('--title <text>', 'what it is called')
      .option('--description <text>', 'what is to be done')
      .option('--priority <number>', 'higher comes first')
      .option('--depends-on <id>', 'all that it depends on from now on; may be repeated; "nothing" alone: nothing', many)
      .option('--assign-to <session>', 'whose it is; "nobody": nobody\'s')
      .addOption(new Option('--status <status>', 'what it is').choices(STATUSES))
      .action(async (given: string, options: ItemOptions, command: Command) => {
        if (Object.keys(options).length === 0) throw new Failure('Say what is to change: `coord work set --help` lists what can.', EXIT.usage);
        const coord = context(command);
        await change(coord, given, await saidOf(coord, options));
      }),
    { examples: ['coord work set 3b9aa10c --priority 9 --assign-to DESKTOP/ben'], exits: { 5: 'no such work item' } },
  );
};
