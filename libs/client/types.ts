import type { components } from './protocol';

type Schemas = components['schemas'];

export type Lock = Schemas['Lock'];
export type LockRequest = Schemas['LockRequest'];
export type Component = Schemas['Component'];
export type Workflow = Schemas['Workflow'];
export type WholeWorkflow = Schemas['WholeWorkflow'];
export type WorkItem = Schemas['WorkItem'];
export type Message = Schemas['Message'];
export type SentMessage = Schemas['SentMessage'];
export type WholeMessage = Schemas['WholeMessage'];
export type Todo = Schemas['Todo'];
export type Session = Schemas['Session'];
export type Heartbeat = Schemas['Heartbeat'];
export type HeartbeatAnswer = Schemas['HeartbeatAnswer'];
export type Task = Schemas['Task'];
export type TaskMetrics = Schemas['TaskMetrics'];
export type Board = Schemas['Board'];
export type HistoryEvent = Schemas['HistoryEvent'];
export type Diff = Schemas['Diff'];
export type Project = Schemas['Project'];
