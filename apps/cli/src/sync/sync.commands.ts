import { resolve } from 'node:path';
import { CoordProblem, type DrainReport, drain, type Entry, openQueue, queuePath, type Refusal, refusalText } from '@coord/client/index';
import { exitCodeOf } from '../exit-code';
import { EXIT } from '../failure';
import { helpText } from '../help';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import type { Register } from '../register';

interface Options {
  dryRun?: boolean;
  file?: string;
}

type Synced = DrainReport & { file: string; rejected_file: string };

/** How long one queued write waits for its answer. */
const DEADLINE_MS = 10_000;

export const register: Register = (program, context) => {
  program
    .command('sync')
    .description('Send the writes that were queued while the engine was away')
    .option('--dry-run', 'show what waits and send nothing')
    .option('--file <path>', 'another queue file (default: COORD_QUEUE_FILE, .claude/coord-queue.jsonl here or above)')
    .addHelpText(
      'after',
      helpText({
        examples: ['coord sync', 'coord sync --dry-run'],
        exits: { 1: 'a write was refused', 3: 'a claim was refused: somebody else holds the resource', 75: 'some still wait' },
      }),
    )
    .action(async ({ dryRun, file }: Options, command) => {
      const { output, settings } = context(command);
      const queue = openQueue(file === undefined ? queuePath() : resolve(file));
      if (dryRun) return output.result({ file: queue.path, waiting: queue.read().map(shown) }, waitingText);
      const budget = { ms: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY, deadlineMs: DEADLINE_MS };
      const report = await drain(queue, settings.url, budget);
      output.result<Synced>({ file: queue.path, rejected_file: queue.beside('rejected.jsonl'), ...report }, syncedText);
      // In text they are part of the result; whoever reads JSON from the output is told, too.
      if (output.format === 'json') for (const one of report.refused) output.note(`coord: ${plainLine(refusalText(one))}`);
      process.exitCode = exitCode(report);
    });
};

/** A refusal needs somebody to look at it; what is left goes by itself. */
function exitCode({ refused, left }: DrainReport): number {
  if (refused.some(({ problem }) => exitCodeOf(new CoordProblem(problem)) === EXIT.lockConflict)) return EXIT.lockConflict;
  if (refused.length > 0) return EXIT.failed;
  return left > 0 ? EXIT.queued : EXIT.ok;
}

const shown = ({ raw, line }: Entry): object => (typeof line === 'string' ? { broken: line, line: raw } : line);

function waitingText({ file, waiting }: { file: string; waiting: object[] }): string {
  if (waiting.length === 0) return 'Nothing waits.';
  const lines = waiting.map((one) => plainLine('broken' in one ? `broken (${one.broken})` : written(one as Record<string, unknown>)));
  return [`${waiting.length} in ${plainLine(file)}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

const written = ({ intended_at, ts, method, path }: Record<string, unknown>): string => `${intended_at ?? ts}  ${method} ${path}`;

function syncedText({ file, rejected_file, sent, refused, left, stopped }: Synced, colors: Colors): string {
  if (sent.length + refused.length + left === 0) return 'Nothing waits.';
  const line = (mark: string, text: string): string => `${mark} ${plainLine(text)}`;
  return [
    ...sent.map((one) => line(colors.green('sent   '), written({ ...one }))),
    ...refused.map((one: Refusal) => line(colors.red('refused'), refusalText(one).replace(/^refused: /, ''))),
    ...(refused.length > 0 ? [line('       ', `kept in ${rejected_file}`)] : []),
    ...(left > 0 ? [line(colors.yellow('left   '), `${left} in ${file} (${stopped}); \`coord sync\` goes on with them`)] : []),
  ].join('\n');
}
