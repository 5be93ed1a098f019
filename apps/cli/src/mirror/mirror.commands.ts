import { resolve } from 'node:path';
import { createClient } from '@coord/client/index';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context';
import { withHelp } from '../help';
import type { Output } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import type { Register } from '../register';
import type { Report } from './report';

interface Options {
  once?: true;
  /** In ms. */
  interval: number;
  coordinator?: string;
  instance?: string;
  enforceGates?: true;
}

export const register: Register = (program, context) => {
  const mirror = program
    .command('mirror')
    .argument('[folder]', 'the folder of the project', '.')
    .description('Keeps .coordination/ and .progress/ of a project in step with the engine, both ways')
    .option('--once', 'bring both in step and end')
    .option('--interval <duration>', 'look through the folder this often, beside what the system tells of it (500ms, 5s, 1m)', duration, 2_000)
    .addOption(new Option('--coordinator <session>', 'the session that "coordinator" stands for in files').env('COORD_MIRROR_COORDINATOR'))
    .addOption(new Option('--instance <session>', 'the session that "project-instance" stands for in files').env('COORD_MIRROR_INSTANCE'))
    .option('--enforce-gates', 'set aside a current-task.json that completes a task whose gates have not passed')
    .action((folder: string, options: Options, command: Command) => run(resolve(folder), options, context(command)));
  withHelp(mirror, {
    examples: ['coord mirror --project my-project', 'coord mirror path/to/project --once', 'coord mirror --instance WORKSHOP/claude-main'],
  });
};

async function run(folder: string, options: Options, { output, settings, project }: Context): Promise<void> {
  // loaded when it runs: the help and the completion need none of it
  const { Mirror } = require('./mirror') as typeof import('./mirror');
  const { Names } = require('./names') as typeof import('./names');
  // without a queue and without patience: the files are the queue, and the next pass comes soon
  const api = createClient({ url: settings.url, patienceMs: options.once ? 30_000 : 0 });
  const names = new Names(options.coordinator, options.instance);
  const mirror = await Mirror.open(api, { folder, project_key: project, names, enforceGates: options.enforceGates === true });
  try {
    if (options.once) await once(mirror, output);
    else await live(mirror, output, { url: settings.url, project_key: project, intervalMs: options.interval });
  } finally {
    await mirror.close();
  }
}

async function once(mirror: import('./mirror').Mirror, output: Output): Promise<void> {
  const { inStep } = require('./once') as typeof import('./once');
  const report = await inStep(mirror);
  output.result(report, reportText);
}

async function live(
  mirror: import('./mirror').Mirror,
  output: Output,
  where: { url: string; project_key: string; intervalMs: number },
): Promise<void> {
  const { follow } = require('./follow') as typeof import('./follow');
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
  const onAway = (why: string | null): void =>
    output.note(why === null ? 'The engine is back: all is in step again.' : `${plainText(why)} The mirror goes on when it is back.`);
  await follow(mirror, { ...where, signal: end.signal, onReport: (report) => output.result(report, reportText), onAway });
}

/** What was done, a line each. */
function reportText({ sent, read, written, archived, tasks, set_aside }: Report): string {
  const lines = [
    ...sent.map((id) => `sent      ${id}`),
    ...read.map((id) => `read      ${id}`),
    ...tasks.map((id) => `task      ${id}`),
    ...written.map((path) => `written   ${path}`),
    ...archived.map((path) => `archived  ${path}`),
    ...set_aside.map(({ path, reason }) => `set aside ${path}: ${reason}`),
  ].map(plainLine);
  return lines.length === 0 ? 'In step.' : lines.join('\n');
}

/** A duration as the engine's settings have it, in ms. */
function duration(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * ({ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit] ?? Number.NaN);
  if (!(ms >= 50 && ms <= 86_400_000)) throw new InvalidArgumentError('give one such as 500ms, 2s or 1m, of at least 50ms.');
  return ms;
}
