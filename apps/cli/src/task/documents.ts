import { answered, CoordProblem, type paths } from '@coord/client/index';
import type { Command } from 'commander';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { withHelp } from '../help';
import { many } from '../options';
import type { Register } from '../register';
import { figuresOf, taskDocument } from './task-document';
import { taskLine } from './task-text';

type Document = paths['/api/coord/tasks/{task_id}']['put']['requestBody']['content']['application/json'];
type Change = paths['/api/coord/tasks/{task_id}']['patch']['requestBody']['content']['application/json'];

interface DocumentOptions {
  file?: string;
  name?: string;
  phase?: string;
  status?: string;
  step?: string;
  remaining?: string[];
  due?: string;
  question?: string[];
  metric?: string[];
}

/** What the options say of a task, in the words of its document. */
const saidOf = ({ name, phase, status, step, remaining, due, question, metric }: DocumentOptions) => ({
  ...(name !== undefined && { task_name: name }),
  ...(phase !== undefined && { phase }),
  ...(status !== undefined && { status }),
  ...(step !== undefined && { current_step: step }),
  ...(remaining && { remaining_steps: remaining }),
  ...(due !== undefined && { estimated_completion: due }),
  ...(question && { questions_for_coordinator: question }),
  ...(metric && { metrics: figuresOf(metric) }),
});

const described = (command: Command): Command =>
  command
    .option('--name <text>', 'what it is called')
    .option('--phase <word>', 'its phase')
    .option('--step <step>', 'what is under way')
    .option('--remaining <step>', 'what is left; may be repeated', many)
    .option('--due <time>', 'when it will be completed, as 2026-05-12T18:00:00Z')
    .option('--question <text>', 'what the coordinator is to answer; may be repeated', many)
    .option('--metric <name=value>', 'a figure of it; may be repeated', many);

/** Who says so; a task that is in no project yet comes into the one of the settings. */
const signed = ({ settings: { session_id, project_key } }: Context) => ({ session_id, ...(project_key !== null && { project_key }) });

export const register: Register = (task, context) => {
  // What a document says is the engine's to check, by the schema that it serves.
  const put = (coord: Context, task_id: string, document: Record<string, unknown>, headers = {}) =>
    answered(
      coord.api.PUT('/api/coord/tasks/{task_id}', { params: { path: { task_id } }, headers, body: { ...signed(coord), ...document } as Document }),
    );
  const patch = ({ api, settings }: Context, task_id: string, document: Record<string, unknown>) =>
    answered(
      api.PATCH('/api/coord/tasks/{task_id}', { params: { path: { task_id } }, body: { session_id: settings.session_id, ...document } as Change }),
    );

  withHelp(
    task
      .command('put <file>')
      .description('Put a whole document as .progress/current-task.json has it; - is standard input. What it leaves out is empty afterwards')
      .action(async (file: string, _options: object, command: Command) => {
        const document = await taskDocument(file);
        const { task_id } = document;
        if (typeof task_id !== 'string' || task_id === '') throw new Failure(`${file} names no task: give it a "task_id".`, EXIT.usage);
        const coord = context(command);
        coord.output.result(await put(coord, task_id, document), taskLine);
      }),
    { examples: ['coord task put .progress/current-task.json'] },
  );

  withHelp(
    described(task.command('start <id>').description('Start a task: now, and in progress. Of one that exists, what is left out stays as it is'))
      .option('--file <path>', 'a document with the rest; - is standard input')
      .action(async (task_id: string, options: DocumentOptions, command: Command) => {
        const document = options.file === undefined ? {} : await taskDocument(options.file);
        const coord = context(command);
        const said = { ...document, ...saidOf(options), status: 'in_progress' };
        const fresh = { task_name: task_id, started: new Date().toISOString(), ...said, task_id };
        const task = await put(coord, task_id, fresh, { 'If-Match': '"0"' }).catch((error: unknown) => {
          if (!(error instanceof CoordProblem && error.kind === 'revision-conflict')) throw error;
          return patch(coord, task_id, said);
        });
        coord.output.result(task, taskLine);
      }),
    { examples: ['coord task start refunds --name "Refunds" --phase implementation --remaining tests --remaining documentation'] },
  );

  withHelp(
    described(task.command('set <id>').description('Change parts of a task; what is left out stays as it is'))
      .option('--status <word>', 'its status')
      .option('--file <path>', 'a document with what is to change; - is standard input')
      .action(async (task_id: string, options: DocumentOptions, command: Command) => {
        if (Object.keys(options).length === 0) throw new Failure('Say what is to change: `coord task set --help` lists what can.', EXIT.usage);
        const coord = context(command);
        const document = options.file === undefined ? {} : await taskDocument(options.file);
        coord.output.result(await patch(coord, task_id, { ...document, ...saidOf(options) }), taskLine);
      }),
    { examples: ['coord task set refunds --phase review --metric test_count=28'], exits: { 5: 'no such task' } },
  );
};
