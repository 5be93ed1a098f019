export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export const GATE_STATUSES = ['passed', 'failed', 'not_run'] as const;
export type GateStatus = (typeof GATE_STATUSES)[number];

/** The status that a task has once it was completed. The others are free words: in_progress, planning, … */
export const COMPLETED = 'completed';

/** How much one task holds: its state is kept whole in memory, and a step's event carries the list of them. */
export const MOST = { artifacts: 1_000, gates: 200, steps: 1_000, questions: 200 } as const;

/** A file that the task made or changed; its path names it. Times in ISO 8601 UTC. */
export type Artifact = { path: string; type?: string; status?: string; created_at?: string; updated_at?: string; description?: string };

/** What a gate last said, with whatever figures it has (`coverage_percent`, `violations`, …). */
export type Gate = { status: GateStatus; last_run?: string; [figure: string]: Json | undefined };

/** What stands in the way: a reason, or the details of one. */
export type Blocker = string | JsonObject;

/** `status`: `missing` for a gate that was required and never reported. */
export type GateNotPassed = { name: string; status: GateStatus | 'missing' };

/** How a task was completed. */
export type Completion = { forced: boolean; reason: string | null; required_gates: string[] | null; gates_not_passed: GateNotPassed[] };

/** What a document says beside artifacts, gates and blocker, which have events of their own. */
export type Progress = {
  task_name: string;
  phase: string | null;
  status: string;
  current_step: string | null;
  completed_steps: string[];
  remaining_steps: string[];
  questions_for_coordinator: Json[];
  metrics: JsonObject;
  estimated_completion: string | null;
  started: string;
};

/** The coordinator protocol's `current-task.json`. */
export type TaskDocument = Progress & {
  blocked_on: Blocker | null;
  artifacts: Artifact[];
  quality_gates: Record<string, Gate>;
  updated: string;
};

/**
 * A task, as everyone sees it. `session_id`: who worked on it last, as far as they said. `started` and `updated` are the words of
 * whoever works on it; the other times are the engine's. `blocked_ms`: how long it was blocked, without a block that lasts.
 * `revision` counts its events from 1.
 */
export type TaskState = TaskDocument & {
  task_id: string;
  project_key: string | null;
  session_id: string | null;
  blocked_since: string | null;
  blocked_ms: number;
  completed_at: string | null;
  completion: Completion | null;
  revision: number;
};
