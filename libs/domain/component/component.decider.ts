import type { Decider, DomainEvent } from '../decider';
import type { Problem } from '../problem';

/** The state of a named part of a project, as everyone sees it. `revision` counts its changes from 1. */
export type ComponentState = {
  project_key: string;
  component: string;
  state: string;
  version: string | null;
  notes: string | null;
  updated_by: string;
  updated_at: string;
  revision: number;
};

export type ComponentUpdated = DomainEvent<'ComponentUpdated', ComponentState>;

/** `version` and `notes`: undefined keeps the value, null clears it. `if_match`: the revision that the caller has seen. `now` in milliseconds. */
export type UpdateComponent = {
  type: 'UpdateComponent';
  project_key: string;
  component: string;
  state: string;
  version?: string | null;
  notes?: string | null;
  updated_by: string;
  if_match?: number;
  now: number;
};

/** Each part is encoded, so that a slash in a project's or component's name makes no two components one. */
export const componentStream = (projectKey: string, component: string): string =>
  `component-${encodeURIComponent(projectKey)}/${encodeURIComponent(component)}`;

export const componentDecider: Decider<ComponentState | null, UpdateComponent, ComponentUpdated> = {
  initialState: null,
  decide(command, current): readonly ComponentUpdated[] | Problem {
    const revision = current?.revision ?? 0;
    if (command.if_match !== undefined && command.if_match !== revision) return { problem: 'revision-conflict', current_revision: revision };
    const { project_key, component, state, updated_by } = command;
    const version = command.version === undefined ? (current?.version ?? null) : command.version;
    const notes = command.notes === undefined ? (current?.notes ?? null) : command.notes;
    if (current && current.state === state && current.version === version && current.notes === notes) return [];
    const updated_at = new Date(command.now).toISOString();
    return [{ type: 'ComponentUpdated', data: { project_key, component, state, version, notes, updated_by, updated_at, revision: revision + 1 } }];
  },
  evolve: (_, event) => event.data,
};
