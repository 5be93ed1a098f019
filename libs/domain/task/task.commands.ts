import type { Artifact, Blocker, Gate, JsonObject, TaskDocument } from './task.state';

/** `session_id` names the caller, if it said. `now` in milliseconds. */
interface About {
  session_id: string | null;
  now: number;
}

/** The times of a document may be left out: `started` is then what it was (now, for a new task), `updated` now, if anything changes. */
export type WholeDocument = Omit<TaskDocument, 'started' | 'updated'> & { started?: string; updated?: string };

/** What a patch names; of `quality_gates` and `metrics` only the members that it names, null removes one. */
export type DocumentPatch = Partial<Omit<TaskDocument, 'quality_gates' | 'metrics'>> & {
  quality_gates?: Record<string, Gate | null>;
  metrics?: JsonObject;
};

export type TaskCommand = About &
  (
    | { type: 'PutTask'; task_id: string; project_key?: string | null; document: WholeDocument; if_match?: number }
    | { type: 'PatchTask'; task_id: string; project_key?: string | null; patch: DocumentPatch; if_match?: number }
    /** `completed` are added, and remain no longer; neither does what is now `current`, unless `remaining` says so. */
    | { type: 'TakeSteps'; completed?: readonly string[]; current?: string | null; remaining?: readonly string[] }
    | { type: 'RecordArtifact'; artifact: Artifact }
    | { type: 'ReportGate'; name: string; gate: Gate }
    | { type: 'BlockTask'; blocked_on: Blocker }
    | { type: 'UnblockTask' }
    /** Without `required_gates`, every gate that was reported is required. */
    | { type: 'CompleteTask'; required_gates?: readonly string[]; force: boolean; reason: string | null }
  );
