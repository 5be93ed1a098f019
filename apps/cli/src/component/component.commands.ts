import { answered, type Component, everyItem } from '@coord/client/index';
import type { Command } from 'commander';
import { helpText } from '../help';
import type { Colors } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import type { Register } from '../register';
import { type ScopeOptions, scoped, scopeOf } from '../scope';
import { componentsText, stateText } from './components-text';

interface SetOptions {
  version?: string;
  notes?: string;
  ifRevision?: string;
}

export const register: Register = (program, context) => {
  const component = program.command('component').description('Components: the state that each is in');
  component
    .command('set <project> <component> <state>')
    .description('Say which state a component is in: building, built, deploying, deployed, degraded, unknown, or any other')
    .option('--version <version>', 'its version (left out: as it is; empty: none)')
    .option('--notes <text>', 'notes on it (left out: as they are; empty: none)')
    .option('--if-revision <revision>', 'only if nobody has changed it since')
    .addHelpText('after', helpText({ examples: ['coord component set gururmm dashboard deployed --version 0.2.39'] }))
    .action(async (project_key: string, name: string, state: string, { version, notes, ifRevision }: SetOptions, command: Command) => {
      const { api, settings, output } = context(command);
      const body = {
        ...{ project_key, component: name, state, updated_by: settings.session_id },
        ...(version !== undefined && { version: version || null }),
        ...(notes !== undefined && { notes: notes || null }),
      };
      const headers: Record<string, string> = ifRevision === undefined ? {} : { 'If-Match': `"${ifRevision}"` };
      output.result(await answered(api.PUT('/api/coord/components', { body, headers })), oneText);
    });
  scoped(component.command('list'))
    .description('List components, latest change first')
    .option('--state <state>', 'only those in this state')
    .addHelpText('after', helpText({ examples: ['coord component list --state building'] }))
    .action(async ({ state, ...scope }: ScopeOptions & { state?: string }, command: Command) => {
      const coord = context(command);
      const query = { ...scopeOf(coord, scope), ...(state !== undefined && { state }) };
      coord.output.result(
        await everyItem((at) => answered(coord.api.GET('/api/coord/components', { params: { query: { ...at, ...query } } }))),
        componentsText,
      );
    });
  component
    .command('get <project> <component>')
    .description('One component')
    .addHelpText('after', helpText({ examples: ['coord component get gururmm dashboard'], exits: { 5: 'no such component' } }))
    .action(async (project_key: string, name: string, _options: object, command: Command) => {
      const { api, output } = context(command);
      const path = { project_key, component: name };
      output.result(await answered(api.GET('/api/coord/components/{project_key}/{component}', { params: { path } })), oneText);
    });
  component
    .command('history <project> <component>')
    .description('Every state that it had, oldest first')
    .addHelpText('after', helpText({ examples: ['coord component history gururmm dashboard'], exits: { 5: 'no such component' } }))
    .action(async (project_key: string, name: string, _options: object, command: Command) => {
      const { api, output } = context(command);
      const path = { project_key, component: name };
      const states = await everyItem((at) =>
        answered(api.GET('/api/coord/components/{project_key}/{component}/history', { params: { path, query: at } })),
      );
      output.result(states, componentsText);
    });
};

function oneText(component: Component, colors: Colors): string {
  const { project_key, component: name, version, notes, updated_by, updated_at, revision } = component;
  const head = `${plainLine(project_key)}/${plainLine(name)}: ${stateText(component, colors)}${version === null ? '' : ` ${plainLine(version)}`}`;
  const by = colors.dim(`by ${plainLine(updated_by)}, ${relativeTime(updated_at)}, revision ${revision}`);
  return [head, by, ...(notes === null ? [] : [plainText(notes)])].join('\n');
}
