import type { Fields } from './fields';

/** What a session says it is at, as the engine takes it. `progress` in percent. */
export interface Statement {
  action: string | null;
  target: string | null;
  phase: string | null;
  progress: number | null;
  next_action: string | null;
}

/** Statuses that say that a session lives, not what it does. */
const GENERIC = /^(active|idle|alive|ok|online|running|working|unknown|null)$/i;

export function statementOf(fields: Fields): Statement {
  const status = fields.text('status', 'state');
  return {
    action: text(fields.text('action', 'activity', 'doing', 'current_action') ?? (status && !GENERIC.test(status.trim()) ? status : null)),
    target: text(fields.text('target', 'working_on', 'current_work', 'current_task', 'work', 'task')),
    phase: text(fields.text('phase', 'step', 'stage')),
    progress: progressOf(fields.text('progress', 'progress_percent', 'percent', 'completion')),
    next_action: text(fields.text('next_action', 'next', 'next_step', 'next_planned_action')),
  };
}

export const isSaid = (statement: Statement): boolean => Object.values(statement).some((value) => value !== null);

/** `25%`, `25`, `100% COMPLETE`; null for what is no share. */
export function progressOf(text: string | null): number | null {
  const percent = Number(/^\s*(\d{1,3}(?:\.\d+)?)\s*(?:%.*)?$/s.exec(text ?? '')?.[1] ?? Number.NaN);
  return percent <= 100 ? percent : null;
}

/** The engine keeps 4,000 characters of each. */
const text = (given: string | null): string | null => (given === null || given.trim() === '' ? null : clean(given).slice(0, 4_000));

/** What the engine refuses in any text: NUL, and halves of characters. */
export const clean = (given: string): string => given.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd');
