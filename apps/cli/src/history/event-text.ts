import type { HistoryEvent } from '@coord/client/index';
import type { Colors } from '../output/output';
import { plainLine } from '../output/plain-text';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';

/** Members of an event's data that say what it was about, the more telling first. */
const TELLING = [
  'resource',
  'component',
  'state',
  'version',
  'subject',
  'title',
  'name',
  'text',
  'task_name',
  'current_step',
  'status',
  'action',
  'target',
  'assigned_to',
  'reason',
  'to_session',
];
const MOST_TOLD = 3;

/** What an event was about, in a few words of its data. */
export function gistOf(data: Readonly<Record<string, unknown>>): string {
  const all: Readonly<Record<string, unknown>> = { ...objectOf(data.gate), ...objectOf(data.changes), ...data };
  const told = TELLING.map((name) => all[name]).filter((value) => typeof value === 'string' && value !== '');
  return plainLine(told.slice(0, MOST_TOLD).join(', '));
}

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** One event in a line, for a list that goes on and on. */
export function eventLine({ position, at, type, actor, data }: HistoryEvent, { dim, cyan }: Colors): string {
  const time = at.slice(0, 19).replace('T', ' ');
  return `${dim(`${String(position).padStart(7)}  ${time}`)}  ${cyan(type.padEnd(20))}  ${cell(actor ?? 'engine', 40)}  ${cell(gistOf(data), 100)}`.trimEnd();
}

/** Events as a table. */
export function eventsText(events: readonly HistoryEvent[], { dim, cyan }: Colors): string {
  if (events.length === 0) return 'No events.';
  const rows = events.map(({ position, at, type, actor, data }) => [
    dim(String(position)),
    relativeTime(at),
    cyan(plainLine(type)),
    cell(actor ?? 'engine', 40),
    cell(gistOf(data), 80),
  ]);
  return table(['POSITION', 'WHEN', 'EVENT', 'BY', 'ABOUT'], rows, { styled: true });
}
