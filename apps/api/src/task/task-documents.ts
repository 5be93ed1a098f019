import type { Artifact, DocumentPatch, Gate, JsonObject, TaskDocument, WholeDocument } from '@coord/domain/task/index';
import { documentIn } from '../http/document';
import { schemaCheck } from '../http/json-schema';
import { refusedField } from '../http/problems';
import { utcMillis } from '../http/values';
import { ARTIFACT, GATE_REPORT, TASK_PATCH, TASK_PROGRESS } from '../schemas/task-progress.schema';
import { TaskDocumentDto, TaskWriteDto } from './task.dto';

const checks = {
  task: schemaCheck(TASK_PROGRESS),
  patch: schemaCheck(TASK_PATCH),
  artifact: schemaCheck(ARTIFACT),
  gate: schemaCheck(GATE_REPORT),
};

/** What the schema lets through: times may be null, which says as much as leaving them out. */
type Nullable<T, Keys extends keyof T> = Omit<T, Keys> & { [key in Keys]?: T[key] | null };
type Sent = { task_id: string } & Nullable<Partial<TaskDocument>, 'started' | 'updated'>;

/** The body of a PUT. @throws Refused `invalid-request` with the fields that the schema of tasks refuses. */
export function taskIn(body: unknown, taskId: string): { own: TaskDocumentDto; document: WholeDocument } {
  const { own, document } = documentIn(body, TaskDocumentDto, checks.task, { task_id: taskId });
  const sent = document as unknown as Sent & Pick<TaskDocument, 'task_name' | 'status'>;
  checkTask(sent, taskId);
  const given = inUtc(sent);
  return {
    own,
    document: {
      task_name: sent.task_name,
      phase: sent.phase ?? null,
      status: sent.status,
      current_step: sent.current_step ?? null,
      completed_steps: sent.completed_steps ?? [],
      remaining_steps: sent.remaining_steps ?? [],
      blocked_on: sent.blocked_on ?? null,
      questions_for_coordinator: sent.questions_for_coordinator ?? [],
      metrics: sent.metrics ?? {},
      estimated_completion: given.estimated_completion ?? null,
      artifacts: given.artifacts ?? [],
      quality_gates: (given.quality_gates as Record<string, Gate> | undefined) ?? {},
      started: given.started,
      updated: given.updated,
    },
  };
}

const PATCHABLE = [
  ...(['task_name', 'phase', 'status', 'current_step', 'completed_steps', 'remaining_steps', 'blocked_on'] as const),
  ...(['questions_for_coordinator', 'metrics'] as const),
];

/** The body of a PATCH. @throws Refused `invalid-request` */
export function patchIn(body: unknown, taskId: string): { own: TaskDocumentDto; patch: DocumentPatch } {
  const { own, document } = documentIn(body, TaskDocumentDto, checks.patch);
  const sent = document as unknown as Sent;
  checkTask(sent, taskId);
  const plain = Object.fromEntries(PATCHABLE.filter((name) => name in sent).map((name) => [name, sent[name]]));
  return { own, patch: { ...plain, ...inUtc(sent) } };
}

/** The body that records an artifact. @throws Refused `invalid-request` */
export function artifactIn(body: unknown): { own: TaskWriteDto; artifact: Artifact } {
  const { own, document } = documentIn(body, TaskWriteDto, checks.artifact);
  return { own, artifact: artifactInUtc(document as unknown as Artifact) };
}

/** The body that reports a gate. One that was run and does not say when was run now. @throws Refused `invalid-request` */
export function gateIn(body: unknown, now: number): { own: TaskWriteDto; name: string; gate: Gate } {
  const { own, document } = documentIn(body, TaskWriteDto, checks.gate);
  const { name, ...gate } = document as unknown as Gate & { name: string };
  const last_run = gate.status === 'not_run' ? {} : { last_run: new Date(now).toISOString() };
  return { own, name, gate: gateInUtc({ ...last_run, ...gate }) };
}

function checkTask(sent: Partial<Sent>, taskId: string): void {
  if (sent.task_id !== undefined && sent.task_id !== taskId) throw refusedField('task_id', 'must be the one in the path, or be left out');
  const paths = (sent.artifacts ?? []).map(({ path }) => path);
  const twice = paths.findIndex((path, i) => paths.indexOf(path) < i);
  if (twice >= 0) throw refusedField(`artifacts.${twice}.path`, 'names an artifact that the list has already');
}

const inUtcOr = (time: string | null | undefined): string | undefined => (typeof time === 'string' ? utcMillis(time) : undefined);

/** The members that hold times, with these as times go out; what was not sent is not there. */
function inUtc({ started, updated, estimated_completion, artifacts, quality_gates }: Partial<Sent>): DocumentPatch {
  const gates = quality_gates as Record<string, Gate | null> | undefined;
  return {
    ...(started && { started: inUtcOr(started) }),
    ...(updated && { updated: inUtcOr(updated) }),
    ...(estimated_completion !== undefined && { estimated_completion: inUtcOr(estimated_completion) ?? null }),
    ...(artifacts && { artifacts: artifacts.map(artifactInUtc) }),
    ...(gates && { quality_gates: Object.fromEntries(Object.entries(gates).map(([name, gate]) => [name, gate && gateInUtc(gate)])) }),
  };
}

const artifactInUtc = ({ created_at, updated_at, ...artifact }: Artifact): Artifact => ({
  ...artifact,
  ...(created_at && { created_at: utcMillis(created_at) }),
  ...(updated_at && { updated_at: utcMillis(updated_at) }),
});

const gateInUtc = ({ last_run, ...gate }: Gate): Gate => ({ ...gate, ...(last_run && { last_run: utcMillis(last_run) }) }) as Gate & JsonObject;
