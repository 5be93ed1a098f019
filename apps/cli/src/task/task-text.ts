import type { Task, TaskMetrics } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import { relativeTime, span } from '../output/relative-time';
import { cell, table } from '../output/table';

const said = (value: unknown): string => plainLine(typeof value === 'string' ? value : JSON.stringify(value));

function statusText({ status, blocked_on }: Task, { green, yellow, red }: Colors): string {
  if (blocked_on !== null) return red(`${plainLine(status)}, blocked`);
  const color = status === 'completed' ? green : status === 'in_progress' ? yellow : String;
  return color(plainLine(status));
}

const stepsText = ({ completed_steps, remaining_steps, current_step }: Task): string => {
  const total = completed_steps.length + remaining_steps.length + (current_step === null ? 0 : 1);
  return total === 0 ? '' : `${completed_steps.length}/${total}`;
};

const gatesText = ({ quality_gates }: Task): string => {
  const gates = Object.values(quality_gates);
  return gates.length === 0 ? '' : `${gates.filter(({ status }) => status === 'passed').length}/${gates.length}`;
};

/** Tasks as a table. */
export function tasksText(tasks: readonly Task[], colors: Colors): string {
  if (tasks.length === 0) return 'No tasks.';
  const rows = tasks.map((task) => [
    cell(task.task_id, 40),
    statusText(task, colors),
    cell(task.phase ?? '', 20),
    stepsText(task),
    gatesText(task),
    cell(task.task_name),
    relativeTime(task.updated),
  ]);
  return table(['TASK', 'STATUS', 'PHASE', 'STEPS', 'GATES', 'NAME', 'CHANGED'], rows, { styled: true });
}

/** One in a line. */
export const taskLine = (task: Task, colors: Colors): string => {
  const step = task.current_step === null ? '' : `, at ${plainLine(task.current_step)}`;
  const steps = stepsText(task);
  return `${plainLine(task.task_id)}: ${statusText(task, colors)}${steps === '' ? '' : `, ${steps} steps`}${step}`;
};

/** One in full. */
export function taskText(task: Task, colors: Colors): string {
  const { green, red, dim, bold } = colors;
  const line = (name: string, value: string): string[] => (value === '' ? [] : [`  ${name.padEnd(12)} ${value}`]);
  const gate = (status: string): string => (status === 'passed' ? green(status) : status === 'failed' ? red(status) : status);
  return [
    `${bold(plainLine(task.task_name))}  ${statusText(task, colors)}`,
    ...line('id', plainLine(task.task_id)),
    ...line('project', plainLine(task.project_key ?? '')),
    ...line('session', plainLine(task.session_id ?? '')),
    ...line('phase', plainLine(task.phase ?? '')),
    ...line('started', relativeTime(task.started)),
    ...line('due', relativeTime(task.estimated_completion)),
    ...line('completed', relativeTime(task.completed_at)),
    ...(task.completion?.forced ? line('forced', red(said(task.completion.reason))) : []),
    ...(task.blocked_on === null ? [] : line('blocked on', red(said(task.blocked_on)))),
    ...task.questions_for_coordinator.flatMap((question) => line('asks', said(question))),
    ...(stepsText(task) === '' ? [] : ['', 'Steps']),
    ...task.completed_steps.map((step) => dim(`  [x] ${plainLine(step)}`)),
    ...(task.current_step === null ? [] : [`  [>] ${plainLine(task.current_step)}`]),
    ...task.remaining_steps.map((step) => `  [ ] ${plainLine(step)}`),
    ...(Object.keys(task.quality_gates).length === 0 ? [] : ['', 'Quality gates']),
    ...Object.entries(task.quality_gates).map(([name, { status, last_run, ...figures }]) =>
      [`  ${plainLine(name)}: ${gate(status)}`, ...Object.entries(figures).map(([figure, value]) => `${plainLine(figure)} ${said(value)}`)].join(
        ', ',
      ),
    ),
    ...(task.artifacts.length === 0 ? [] : ['', 'Artifacts']),
    ...task.artifacts.map(({ path, type, status }) => `  ${plainLine([path, type, status].filter(Boolean).join(', '))}`),
    ...(Object.keys(task.metrics).length === 0 ? [] : ['', plainText(`Metrics ${JSON.stringify(task.metrics)}`)]),
  ].join('\n');
}

const spanText = (ms: number | null): string => (ms === null ? 'none' : span(ms));
const rateText = (rate: number | null): string => (rate === null ? '' : `${Math.round(rate * 100)}%`);

/** What became of the tasks of a project. */
export function metricsText({ counts, durations, time_blocked, gates }: TaskMetrics): string {
  const rows = gates.map(({ name, passed, failed, not_run, pass_rate, reports }) => [
    name,
    ...[passed, failed, not_run].map(String),
    rateText(pass_rate),
    rateText(reports.pass_rate),
  ]);
  return [
    `Tasks        ${counts.total}: ${counts.open} open, ${counts.completed} completed, ${counts.blocked} blocked, ${counts.forced} forced`,
    `They took    ${spanText(durations.median_ms)} (median), ${spanText(durations.average_ms)} (average), at most ${spanText(durations.longest_ms)}`,
    `Blocked      ${span(time_blocked.total_ms)} in ${time_blocked.tasks} tasks, at most ${spanText(time_blocked.longest_ms)}`,
    ...(rows.length === 0 ? [] : ['', table(['GATE', 'PASSED', 'FAILED', 'NOT RUN', 'PASS RATE', 'OF REPORTS'], rows)]),
  ].join('\n');
}
