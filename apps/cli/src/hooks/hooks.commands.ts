import { Argument, type Command } from 'commander';
import { EXIT, Failure } from '../failure';
import { helpText } from '../help';
import { AGENTS, type Agent } from '../hook/payload';
import { plainLine } from '../output/plain-text';
import { table } from '../output/table';
import type { Register } from '../register';
import { type Place, placeOf } from '../settings/place';
import { type Change, change, type Installed, installed } from './installed';
import type { Scope } from './wiring';

interface Options {
  user?: boolean;
  dryRun?: boolean;
}

const USER = ['--user', "in the user's settings, for every project (default: in the project's)"] as const;
const DRY = ['--dry-run', 'show what would change, and change nothing'] as const;
const agentArgument = (name: string): Argument => new Argument(name, 'whose hooks').choices(AGENTS);

export const register: Register = (program, context) => {
  const hooks = program.command('hooks').description("Puts the hooks into the settings of the agents' tools, and tries them");
  const scopeOf = ({ user }: Options): Scope => (user ? 'user' : 'project');
  const here = (command: Command): Place => placeOf(process.cwd(), context(command).flags);

  hooks
    .command('install')
    .description("Add the hooks to a tool's settings; what stands there stays")
    .addArgument(agentArgument('<agent>'))
    .option(...USER)
    .option(...DRY)
    .addHelpText('after', helpText({ examples: ['coord hooks install claude'] }))
    .action((agent: Agent, options: Options, command) => {
      context(command).output.result(change('install', agent, scopeOf(options), here(command), options.dryRun ?? false), changeText);
    });

  hooks
    .command('uninstall')
    .description("Take the hooks out of a tool's settings")
    .addArgument(agentArgument('<agent>'))
    .option(...USER)
    .option(...DRY)
    .addHelpText('after', helpText({ examples: ['coord hooks uninstall claude'] }))
    .action((agent: Agent, options: Options, command) => {
      context(command).output.result(change('uninstall', agent, scopeOf(options), here(command), options.dryRun ?? false), changeText);
    });

  hooks
    .command('list')
    .description('Show which hooks are installed where')
    .addHelpText('after', helpText({ examples: ['coord hooks list'] }))
    .action((_options, command) => context(command).output.result(installed(here(command)), listText));

  hooks
    .command('test')
    .description('Fire the installed hooks: lock a file as another session, and see that its edit is refused')
    .addArgument(agentArgument('[agent]'))
    .addHelpText('after', helpText({ examples: ['coord hooks test claude'], exits: { 1: 'a hook did not do what it should' } }))
    .action(async (agent: Agent | undefined, _options, command) => {
      const place = here(command);
      if (place.project_key === null) throw new Failure('No project is named here: write {"project_key": "…"} to .coord.json.', EXIT.usage);
      const found = installed(place).filter((one) => (agent === undefined || one.agent === agent) && one.edit_command !== null);
      if (found.length === 0) throw new Failure(`No hooks are installed here: coord hooks install ${agent ?? '<agent>'}`);
      const { fire } = require('./fire') as typeof import('./fire');
      const fired = [];
      for (const one of found) fired.push({ ...(await fire(one.agent, one.edit_command ?? '', place)), file: one.file });
      context(command).output.result(fired, (all) =>
        all.map(({ agent: who, works, said, file }) => `${works ? 'works' : 'FAILS'}  ${who}  ${plainLine(file)}: ${plainLine(said)}`).join('\n'),
      );
      if (fired.some(({ works }) => !works)) process.exitCode = EXIT.failed;
    });
};

function changeText({ file, changed, dry_run, events, notes, settings }: Change): string {
  const did = changed ? (dry_run ? 'would change' : 'changed') : 'is as it should be, nothing changed:';
  const said = [`${did} ${plainLine(file)}${events.length > 0 ? ` (${events.join(', ')})` : ''}`, ...notes.map(plainLine)];
  return dry_run && changed ? [...said, JSON.stringify(settings, null, 2)].join('\n') : said.join('\n');
}

function listText(all: Installed[]): string {
  const rows = all.map(({ agent, scope, file, events, problem }) => [agent, scope, problem ?? (events.join(', ') || '-'), file]);
  return table(['TOOL', 'SCOPE', 'EVENTS', 'FILE'], rows, { limit: 120 });
}
