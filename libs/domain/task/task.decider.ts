import type { Decider } from '../decider';
import { invalid, type Problem } from '../problem';
import { completed, gatesNotPassed } from './completion';
import { blocking, documentChanges, parts } from './document-changes';
import { evolve } from './evolve';
import { start } from './start';
import type { DocumentPatch, TaskCommand } from './task.commands';
import type { AboutTask, TaskEvent } from './task.events';
import { COMPLETED, type Gate, type JsonObject, MOST, type TaskDocument, type TaskState } from './task.state';

export const taskStream = (id: string): string => `task-${id}`;

export const taskDecider: Decider<TaskState | null, TaskCommand, TaskEvent> = { initialState: null, decide, evolve };

type Of<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;

function decide(command: TaskCommand, task: TaskState | null): readonly TaskEvent[] | Problem {
  const revised = 'if_match' in command && command.if_match !== undefined && command.if_match !== (task?.revision ?? 0);
  if (revised) return { problem: 'revision-conflict', current_revision: task?.revision ?? 0 };
  if (command.type === 'PutTask') return put(command, task);
  if (!task) return { problem: 'not-found', what: 'task with this id' };
  const decision = change(command, task);
  return 'problem' in decision ? decision : (tooMuch(decision, task) ?? decision);
}

function change(command: Exclude<TaskCommand, { type: 'PutTask' }>, task: TaskState): readonly TaskEvent[] | Problem {
  const { now, session_id } = command;
  const about: AboutTask = { task_id: task.task_id, project_key: task.project_key, session_id, updated: new Date(now).toISOString() };
  switch (command.type) {
    case 'PatchTask':
      return (
        inItsProject(command, task) ?? documentChanges(task, patched(task, command.patch), aboutDocument(command, command.patch.updated, task), now)
      );
    case 'TakeSteps':
      return documentChanges(task, stepsAfter(task, command), about, now);
    case 'RecordArtifact':
      return parts(task, { artifacts: [command.artifact] }, about);
    case 'ReportGate':
      return parts(task, { quality_gates: { [command.name]: command.gate } }, about);
    case 'BlockTask':
      return blocking(task, command.blocked_on, about, now);
    case 'UnblockTask':
      return blocking(task, null, about, now);
    case 'CompleteTask':
      return complete(command, task, about);
  }
}

function put(command: Of<'PutTask'>, task: TaskState | null): readonly TaskEvent[] | Problem {
  const { document, now } = command;
  const about = aboutDocument(command, document.updated, task);
  return task ? (inItsProject(command, task) ?? documentChanges(task, document, about, now)) : start(document, about, now);
}

/** A document's own `updated` counts, unless it is the one that the task had before: then whoever changed it did not think of it. */
function aboutDocument(command: Of<'PutTask' | 'PatchTask'>, updated: string | undefined, task: TaskState | null): AboutTask {
  const now = new Date(command.now).toISOString();
  return {
    task_id: command.task_id,
    project_key: task?.project_key ?? command.project_key ?? null,
    session_id: command.session_id,
    updated: updated === undefined || updated === task?.updated ? now : updated,
  };
}

/** The same id in two projects would make two tasks one, and each would overwrite the other. */
function inItsProject({ project_key }: { project_key?: string | null }, task: TaskState): Problem | null {
  if (typeof project_key !== 'string' || task.project_key === null || project_key === task.project_key) return null;
  return invalid('project_key', `must be ${task.project_key}, where this task is; use another task_id for another task`);
}

function patched(task: TaskState, { quality_gates, metrics, ...plain }: DocumentPatch): Partial<TaskDocument> {
  return {
    ...plain,
    ...(quality_gates && { quality_gates: merged<Gate>(task.quality_gates, quality_gates) }),
    ...(metrics && { metrics: merged(task.metrics, metrics) as JsonObject }),
  };
}

const merged = <T>(before: Record<string, T>, patch: Record<string, T | null>): Record<string, T> =>
  Object.fromEntries(Object.entries({ ...before, ...patch }).filter((entry): entry is [string, T & {}] => entry[1] !== null));

function stepsAfter(task: TaskState, { completed = [], current, remaining }: Of<'TakeSteps'>): Partial<TaskDocument> {
  const begun = new Set([...completed, ...(current ? [current] : [])]);
  const current_step = current === undefined && task.current_step !== null && begun.has(task.current_step) ? null : current;
  return {
    completed_steps: [...new Set([...task.completed_steps, ...completed])],
    remaining_steps: remaining ? [...remaining] : task.remaining_steps.filter((step) => !begun.has(step)),
    ...(current_step !== undefined && { current_step }),
  };
}

function complete({ required_gates, force, reason, now }: Of<'CompleteTask'>, task: TaskState, about: AboutTask): readonly TaskEvent[] | Problem {
  if (force && !reason?.trim()) return invalid('reason', 'is missing; say why the gates do not count, when force is true');
  if (task.status === COMPLETED) return [];
  const gates_not_passed = gatesNotPassed(task.quality_gates, required_gates);
  if (gates_not_passed.length > 0 && !force) return { problem: 'gates-not-passed', gates: gates_not_passed };
  const completion = { forced: gates_not_passed.length > 0, reason, required_gates: required_gates ? [...required_gates] : null, gates_not_passed };
  return [...blocking(task, null, about, now), completed(about, completion, task.started, new Date(now).toISOString())];
}

/** What comes bit by bit is held to the same bounds as a whole document. */
function tooMuch(events: readonly TaskEvent[], task: TaskState): Problem | null {
  const after = events.reduce(evolve, task) ?? task;
  if (after.artifacts.length > MOST.artifacts) return invalid('path', `is too much: a task has at most ${MOST.artifacts} artifacts`);
  if (Object.keys(after.quality_gates).length > MOST.gates) return invalid('name', `is too much: a task has at most ${MOST.gates} gates`);
  if (after.completed_steps.length > MOST.steps) return invalid('completed', `is too much: a task has at most ${MOST.steps} completed steps`);
  return null;
}
