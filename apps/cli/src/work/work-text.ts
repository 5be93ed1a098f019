import type { WorkItem } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine, plainText } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';
import { shortId } from '../short-id';

/** The status of a work item, or that it is ready. */
export function workStatusText({ status, ready }: Pick<WorkItem, 'status' | 'ready'>, { green, yellow, red, dim, cyan }: Colors): string {
  if (status === 'pending') return ready ? cyan('ready') : 'pending';
  return { in_progress: yellow, blocked: red, completed: green, cancelled: dim }[status](status);
}

/** Work items as a table. */
export function workItemsText(items: readonly WorkItem[], colors: Colors): string {
  if (items.length === 0) return 'No work items.';
  const rows = items.map((item) => [
    shortId(item.id),
    workStatusText(item, colors),
    String(item.priority),
    cell(item.title),
    cell(item.assigned_to ?? ''),
    relativeTime(item.updated_at),
  ]);
  return table(['ID', 'STATUS', 'PRIORITY', 'TITLE', 'ASSIGNED TO', 'CHANGED'], rows, { styled: true });
}

/** One in full. */
export function workItemText(item: WorkItem, colors: Colors): string {
  const line = (name: string, value: string): string[] => (value === '' ? [] : [`  ${name.padEnd(12)} ${value}`]);
  return [
    `${colors.bold(plainLine(item.title))}  ${workStatusText(item, colors)}`,
    ...line('id', item.id),
    ...line('project', plainLine(item.project_key)),
    ...line('workflow', item.workflow_id),
    ...line('assigned to', plainLine(item.assigned_to ?? '')),
    ...line('priority', item.priority === 0 ? '' : String(item.priority)),
    ...line('depends on', item.depends_on.join(', ')),
    ...line('created', relativeTime(item.created_at)),
    ...line('completed', relativeTime(item.completed_at)),
    ...(item.description ? ['', plainText(item.description)] : []),
  ].join('\n');
}

/** What became of one, in a line. */
export const changedText = (item: WorkItem, colors: Colors): string => {
  const whose = item.assigned_to === null ? '' : ` (${plainLine(item.assigned_to)})`;
  return `${shortId(item.id)} ${plainLine(item.title)}: ${workStatusText(item, colors)}${whose}`;
};
