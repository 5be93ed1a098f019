import { answered, everyItem, type Todo } from '@coord/client/index';
import { type Command, Option } from 'commander';
import type { Context } from '../context';
import { helpText } from '../help';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { wholeId } from '../short-id';
import { textArgument } from '../text-argument';
import { todosText } from './todos-text';

interface AddOptions {
  textFile?: string;
  user?: string;
  parent?: string;
  source?: string;
  auto?: boolean;
}

const STATUSES = ['pending', 'done', 'all'] as const;
type Asked = (typeof STATUSES)[number];

export const register: Register = (program, context) => {
  const todo = program.command('todo').description('Todos: what is to be done until it is done');
  todo
    .command('add [text]')
    .description('Create a todo')
    .option('--text-file <path>', 'the text from a file; - is standard input')
    .option('--user <user>', 'whose it is (default: nobody in particular)')
    .option('--parent <id>', 'the todo that it is a part of')
    .option('--source <text>', 'where it came from')
    .option('--auto', 'added by a program, not by a person')
    .addHelpText('after', helpText({ examples: ['coord todo add "Rotate the keys" --user howard'] }))
    .action(async (inline: string | undefined, options: AddOptions, command: Command) => {
      const coord = context(command);
      const { session_id, user, machine, project_key } = coord.settings;
      const { textFile, parent, source, auto } = options;
      const body = {
        ...{ session_id, created_by_user: user, created_by_machine: machine },
        text: await textArgument({ name: 'text', inline, file: textFile, option: '--text-file' }),
        ...(options.user !== undefined && { assigned_to_user: options.user }),
        ...(project_key !== null && { project_key }),
        ...(parent !== undefined && { parent_id: await todoNamed(coord, parent, 'pending') }),
        ...(source !== undefined && { source }),
        ...(auto && { auto }),
      };
      coord.output.result(await answered(coord.api.POST('/api/coord/todos', { body })), said('Added'));
    });
  scoped(todo.command('list'))
    .description('List todos, oldest first')
    .option('--user <user>', 'only theirs: assigned to them, or created by them and nobody else’s')
    .addOption(new Option('--status <status>', 'which').choices(STATUSES).default('pending'))
    .addHelpText('after', helpText({ examples: ['coord todo list --user howard --status all'] }))
    .action(async ({ user, status, ...scope }: ScopeOptions & { user?: string; status: Asked }, command: Command) => {
      const coord = context(command);
      coord.output.result(await list(coord, { status, ...scopeOf(coord, scope), ...(user !== undefined && { user }) }), todosText);
    });
  todo
    .command('done <id>')
    .description('Mark a todo done, by its id or an end of it')
    .addHelpText('after', helpText({ examples: ['coord todo done 3b9aa10c'], exits: { 5: 'no such todo' } }))
    .action(async (given: string, _options: object, command: Command) => {
      const coord = context(command);
      const { session_id, user } = coord.settings;
      const path = { id: await todoNamed(coord, given, 'pending') };
      coord.output.result(
        await answered(coord.api.PUT('/api/coord/todos/{id}/done', { params: { path }, body: { completed_by: user ?? session_id } })),
        said('Done'),
      );
    });
  todo
    .command('reopen <id>')
    .description('A todo is not done after all')
    .addHelpText('after', helpText({ examples: ['coord todo reopen 3b9aa10c'], exits: { 5: 'no such todo' } }))
    .action(async (given: string, _options: object, command: Command) => {
      const coord = context(command);
      const path = { id: await todoNamed(coord, given, 'done') };
      coord.output.result(await answered(coord.api.PUT('/api/coord/todos/{id}/reopen', { params: { path } })), said('Open again'));
    });
};

const list = ({ api }: Context, query: object): Promise<Todo[]> =>
  everyItem((at) => answered(api.GET('/api/coord/todos', { params: { query: { ...at, ...query } } })));

const todoNamed = (coord: Context, given: string, status: Asked): Promise<string> =>
  wholeId('todo', given, async () => (await list(coord, { status })).map(({ id }) => id));

const said =
  (what: string) =>
  ({ id, text }: Todo): string =>
    `${what}: ${plainLine(text)}\nid ${id}`;
