import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { withHelp } from '../help';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { projectOf } from './project-of';

export const register: Register = (program, context) => {
  const scripts = program.command('scripts').description('The eight shell scripts of a COORDINATION folder, on the engine');
  const install = scripts
    .command('install')
    .description('Put session-*.sh and update-status-board.sh into a folder')
    .argument('<dir>', 'where to, such as COORDINATION/scripts')
    .option('--force', 'also where scripts of the same names are that coord did not write; they are kept as .bak')
    .action((dir: string, { force = false }: { force?: boolean }, command) => {
      const { output, settings } = context(command);
      const { installScripts } = require('./install') as typeof import('./install');
      const { ScriptRun } = require('./script-run') as typeof import('./script-run');
      const installed = installScripts(dir, { force, node: process.execPath, coord: realpathSync(process.argv[1] ?? '') });
      const project_key = projectOf(settings, ScriptRun.folderOf(resolve(dir)));
      output.result({ ...installed, project_key }, ({ folder, written, kept }) =>
        [
          `${written.length} scripts are in ${plainLine(folder)}. They act in the project ${plainLine(project_key)} (COORD_PROJECT, .coord.json, or the folder's name).`,
          ...kept.map(({ file, as }) => `${file} was there before, and is now ${plainLine(as)}.`),
        ].join('\n'),
      );
    });
  withHelp(install, { examples: ['coord scripts install COORDINATION/scripts', 'coord scripts install COORDINATION/scripts --force'] });
  scripts
    .command('call', { hidden: true })
    .description('What the installed scripts call')
    .argument('<script>')
    .argument('[args...]')
    .requiredOption('--folder <path>', 'where the script lies')
    .action(async (name: string, args: string[], { folder }: { folder: string }, command) => {
      const { runScript } = require('./run-script') as typeof import('./run-script');
      process.exitCode = await runScript(name, args, folder, context(command));
    });
};
