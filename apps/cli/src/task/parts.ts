import { answered } from '@coord/client/index';
import { Argument, type Command } from 'commander';
import { withHelp } from '../help';
import { many } from '../options';
import type { Register } from '../register';
import { figuresOf } from './task-document';
import { taskLine } from './task-text';

const GATE = ['passed', 'failed', 'not_run'] as const;

interface StepOptions {
  done?: string[];
  current?: string;
  remaining?: string[];
}
interface ArtifactOptions {
  type?: string;
  status?: string;
  description?: string;
}
interface CompleteOptions {
  require?: string[];
  force?: boolean;
  reason?: string;
}

const NO_TASK = { 5: 'no such task' };

export const register: Register = (task, context) => {
  withHelp(
    task
      .command('step <id>')
      .description('Say which steps are done, and which is under way')
      .option('--done <step>', 'what is done now; may be repeated', many)
      .option('--current <step>', 'what is under way')
      .option('--remaining <step>', 'what is left; may be repeated; left out: what was, without what is done or begun', many)
      .action(async (task_id: string, { done, current, remaining }: StepOptions, command: Command) => {
        const { api, settings, output } = context(command);
        const body = { session_id: settings.session_id, completed: done, current, remaining };
        output.result(await answered(api.POST('/api/coord/tasks/{task_id}/steps', { params: { path: { task_id } }, body })), taskLine);
      }),
    { examples: ['coord task step refunds --done tests --current documentation'], exits: NO_TASK },
  );

  withHelp(
    task
      .command('artifact <id> <path>')
      .description('Record what the task brought forth')
      .option('--type <word>', 'source_code, test, documentation, …')
      .option('--status <word>', 'draft, complete, …')
      .option('--description <text>', 'what it is')
      .action(async (task_id: string, path: string, said: ArtifactOptions, command: Command) => {
        const { api, settings, output } = context(command);
        const body = { session_id: settings.session_id, path, ...said };
        output.result(await answered(api.POST('/api/coord/tasks/{task_id}/artifacts', { params: { path: { task_id } }, body })), taskLine);
      }),
    { examples: ['coord task artifact refunds src/refunds.ts --type source_code --status complete'], exits: NO_TASK },
  );

  withHelp(
    task
      .command('gate <id> <name>')
      .description('Report a quality gate')
      .addArgument(new Argument('<result>', 'what came of it').choices(GATE))
      .option('--figure <name=value>', 'a figure of it; may be repeated', many)
      .option('--last-run <time>', 'when it ran')
      .action(
        async (
          task_id: string,
          name: string,
          status: (typeof GATE)[number],
          { figure, lastRun }: { figure?: string[]; lastRun?: string },
          command: Command,
        ) => {
          const { api, settings, output } = context(command);
          const run = lastRun === undefined ? {} : { last_run: lastRun };
          const body = { ...figuresOf(figure), session_id: settings.session_id, name, status, ...run };
          output.result(await answered(api.POST('/api/coord/tasks/{task_id}/quality-gates', { params: { path: { task_id } }, body })), taskLine);
        },
      ),
    { examples: ['coord task gate refunds pytest passed --figure coverage_percent=92'], exits: NO_TASK },
  );

  withHelp(
    task
      .command('block <id> <reason>')
      .description('Say what stands in the way')
      .action(async (task_id: string, reason: string, _options: object, command: Command) => {
        const { api, settings, output } = context(command);
        const body = { session_id: settings.session_id, reason };
        output.result(await answered(api.POST('/api/coord/tasks/{task_id}/blockers', { params: { path: { task_id } }, body })), taskLine);
      }),
    { examples: ['coord task block refunds "The sandbox of the bank is down"'], exits: NO_TASK },
  );

  withHelp(
    task
      .command('unblock <id>')
      .description('Say that nothing stands in the way any more')
      .action(async (task_id: string, _options: object, command: Command) => {
        const { api, settings, output } = context(command);
        const body = { session_id: settings.session_id };
        output.result(await answered(api.POST('/api/coord/tasks/{task_id}/unblock', { params: { path: { task_id } }, body })), taskLine);
      }),
    { examples: ['coord task unblock refunds'], exits: NO_TASK },
  );

  withHelp(
    task
      .command('complete <id>')
      .description('Complete a task whose quality gates have passed')
      .option('--require <gate>', 'the gates that have to have passed; may be repeated; without it: every gate that was reported', many)
      .option('--force', 'whatever the gates say; needs a reason')
      .option('--reason <text>', 'why; it stays on record')
      .action(async (task_id: string, { require: required, force, reason }: CompleteOptions, command: Command) => {
        const { api, settings, output } = context(command);
        const body = { session_id: settings.session_id, required_gates: required, force, reason };
        output.result(await answered(api.POST('/api/coord/tasks/{task_id}/complete', { params: { path: { task_id } }, body })), taskLine);
      }),
    { examples: ['coord task complete refunds --require pytest --require mypy'], exits: { 1: 'gates have not passed', ...NO_TASK } },
  );
};
