import { resolve } from 'node:path';
import { createClient } from '@coord/client/index';
import { EXIT, Failure } from '../failure';
import { withHelp } from '../help';
import type { Register } from '../register';
import { projectOf } from '../scripts/project-of';
import { progressOn } from './progress';

/** For how long a broadcast is unread to sessions that begin (protocol, "Messages"). */
const BROADCAST_DAYS = 7;

export const register: Register = (program, context) => {
  const command = program
    .command('import')
    .description('Bring a COORDINATION folder into the engine: sessions, heartbeats, claims and messages')
    .argument('<folder>', 'the COORDINATION folder, or the one that it lies in')
    .option('--dry-run', 'only report what would be taken')
    .option('--all', 'report every file, not only those that were not taken')
    .option('--broadcast-days <n>', 'older broadcasts are kept as read, for search, and reach no one', days, BROADCAST_DAYS)
    .action(async (folder: string, { dryRun = false, all = false, broadcastDays }: Options, command) => {
      const { output, settings } = context(command);
      const { coordinationFolder } = require('./tree') as typeof import('./tree');
      const { importTree } = require('./import-tree') as typeof import('./import-tree');
      const { reportText } = require('./report-text') as typeof import('./report-text');
      const root = coordinationFolder(resolve(folder));
      if (root === null)
        throw new Failure(`${folder} is no COORDINATION folder: it has none of sessions/, heartbeats/, claims/, messages/.`, EXIT.usage);
      const project_key = projectOf(settings, root);
      const progress = progressOn(process.stderr);
      const report = await importTree(root, {
        api: createClient({ url: settings.url }),
        project_key,
        dryRun,
        now: Date.now(),
        broadcastDays,
        progress,
      });
      output.result(report, (data, colors) => reportText(data, colors, all));
    });
  withHelp(command, { examples: ['coord import COORDINATION --dry-run', 'coord import COORDINATION --project workshop'] });
};

interface Options {
  dryRun?: boolean;
  all?: boolean;
  broadcastDays: number;
}

function days(text: string): number {
  const given = Number(text);
  if (text.trim() === '' || !(given >= 0)) throw new Failure(`--broadcast-days ${text}: give a number of days, such as 7.`, EXIT.usage);
  return given;
}
