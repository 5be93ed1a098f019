import { dirname, relative } from 'node:path';
import { withHelp } from '../help';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';
import { projectOf } from '../scripts/project-of';

export const register: Register = (program, context) => {
  const board = program
    .command('board')
    .description('Write STATUS_BOARD.md: active sessions, what each works on, claims, recent messages')
    .option('--file <path>', 'where to (default: STATUS_BOARD.md, in COORDINATION/ where there is one)')
    .option('--watch', 'go on, and write it whenever something happens')
    .action(async ({ file, watch = false }: { file?: string; watch?: boolean }, command) => {
      const { api, output, settings } = context(command);
      const { boardFile, writeBoard } = require('./write-board') as typeof import('./write-board');
      const path = file ?? boardFile(process.cwd());
      const project_key = projectOf(settings, file === undefined ? dirname(path) : process.cwd());
      const write = async (): Promise<void> => {
        const written = await writeBoard(api, project_key, path, { news: watch });
        if (watch && written) output.note(plainLine(`${new Date().toISOString()} ${path} written`));
      };
      if (!watch) {
        await write();
        return output.result({ file: path, project_key }, () =>
          plainLine(`${relative(process.cwd(), path) || path} shows the project ${project_key}.`),
        );
      }
      const { watchBoard } = require('./watch-board') as typeof import('./watch-board');
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      await watchBoard({ url: settings.url, project_key, write, note: (text) => output.note(plainLine(text)), signal: stop.signal });
    });
  withHelp(board, { examples: ['coord board', 'coord board --file docs/STATUS_BOARD.md --watch'] });
};
