import type { WholeWorkflow, Workflow } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';
import { shortId } from '../short-id';
import { workItemsText } from '../work/work-text';

const statusText = (status: Workflow['status'], { green, yellow, red, dim }: Colors): string =>
  ({ planning: (text: string) => text, active: yellow, blocked: red, completed: green, cancelled: dim })[status](status);

const progressText = ({ progress: { total, completed, percent } }: Workflow): string => (total === 0 ? '' : `${completed}/${total} (${percent}%)`);

/** Workflows as a table. */
export function workflowsText(workflows: readonly Workflow[], colors: Colors): string {
  if (workflows.length === 0) return 'No workflows.';
  const rows = workflows.map((workflow) => [
    shortId(workflow.id),
    statusText(workflow.status, colors),
    progressText(workflow),
    cell(workflow.name),
    cell(workflow.project_key),
    relativeTime(workflow.updated_at),
  ]);
  return table(['ID', 'STATUS', 'DONE', 'NAME', 'PROJECT', 'CHANGED'], rows, { styled: true });
}

/** One in a line. */
export const workflowLine = (workflow: Workflow, colors: Colors): string =>
  `${shortId(workflow.id)} ${plainLine(workflow.name)}: ${statusText(workflow.status, colors)}`;

/** One in full, with its work items. */
export function workflowText(workflow: WholeWorkflow, colors: Colors): string {
  const { id, name, status, description, project_key, created_by, created_at, work_items } = workflow;
  return [
    `${colors.bold(plainLine(name))}  ${statusText(status, colors)}  ${progressText(workflow)}`.trimEnd(),
    `  id ${id}, project ${plainLine(project_key)}, by ${plainLine(created_by)} ${relativeTime(created_at)}`,
    ...(description ? ['', plainText(description)] : []),
    '',
    workItemsText(work_items, colors),
  ].join('\n');
}
