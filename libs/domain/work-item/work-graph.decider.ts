import { Map as ImmutableMap } from 'immutable';
import type { Decider, DomainEvent } from '../decider';
import { invalid, type Problem } from '../problem';

/** What a work item depends on, or is about to, from one of its revisions on. */
type Edges = { revision: number; depends_on: readonly string[] };

/**
 * The dependencies of a project's work items: never fewer than those that the items have. They are put down here before an item
 * is written, so that of two changes at once that make a cycle together the second sees the first. What was put down may not
 * have come to be (the item's write was refused, or its process died); `SettleWorkDependencies` clears that away.
 */
export type WorkGraph = ImmutableMap<string, readonly Edges[]>;

type Dependencies = { project_key: string; work_item_id: string; revision: number; depends_on: string[] };
/** From its next revision (`revision`) on, the item is to depend on these; until then it depends on what it `held`. */
export type WorkDependenciesSet = DomainEvent<'WorkDependenciesSet', Dependencies & { held: string[]; set_at: string }>;
/** The item was seen to depend on exactly these as of `revision`. */
export type WorkDependenciesSettled = DomainEvent<'WorkDependenciesSettled', Dependencies & { settled_at: string }>;
export type WorkGraphEvent = WorkDependenciesSet | WorkDependenciesSettled;

/** `revision` and `held`: what the item was seen to have, revision 0 before it exists. `now` in milliseconds. */
export type WorkGraphCommand =
  | { type: 'SetWorkDependencies'; project_key: string; work_item_id: string; revision: number; held: string[]; depends_on: string[]; now: number }
  | { type: 'SettleWorkDependencies'; project_key: string; work_item_id: string; revision: number; held: string[]; now: number };

export const workGraphStream = (projectKey: string): string => `workgraph-${projectKey}`;

export const workGraphDecider: Decider<WorkGraph, WorkGraphCommand, WorkGraphEvent> = {
  initialState: ImmutableMap(),
  decide(command, graph): readonly WorkGraphEvent[] | Problem {
    const { project_key, work_item_id, revision, held, now } = command;
    const at = new Date(now).toISOString();
    const about = { project_key, work_item_id };
    if (command.type === 'SettleWorkDependencies') {
      const known = graph.get(work_item_id) ?? [];
      const isSettled = known.every((edges) => edges.revision > revision || edges.depends_on.every((id) => held.includes(id)));
      return isSettled ? [] : [{ type: 'WorkDependenciesSettled', data: { ...about, revision, depends_on: held, settled_at: at } }];
    }
    const { depends_on } = command;
    const cycle = cycleThrough(graph, work_item_id, depends_on);
    if (cycle) return invalid('depends_on', `would make a cycle: ${cycle.join(' needs ')}`);
    return [{ type: 'WorkDependenciesSet', data: { ...about, revision: revision + 1, held, depends_on, set_at: at } }];
  },
  evolve(graph, event) {
    const { work_item_id, revision, depends_on } = event.data;
    // what was put down for a revision that the item has passed has come to be, or never will
    const seen = event.type === 'WorkDependenciesSet' ? { revision: revision - 1, depends_on: event.data.held } : { revision, depends_on };
    const pending = (graph.get(work_item_id) ?? []).filter((edges) => edges.revision > seen.revision);
    const now = event.type === 'WorkDependenciesSet' ? [{ revision, depends_on }] : [];
    const edges = [seen, ...pending, ...now].filter((one) => one.depends_on.length > 0);
    return edges.length > 0 ? graph.set(work_item_id, edges) : graph.delete(work_item_id);
  },
  snapshot: {
    schema: 1,
    every: (graph) => Math.max(10_000, 2 * graph.size),
    toJson: (graph) => [...graph],
    fromJson: (json) => ImmutableMap(json as [string, readonly Edges[]][]),
  },
};

/** The way from an item over what it is to depend on back to itself, both ends named; null where there is none. */
export function cycleThrough(graph: WorkGraph, item: string, dependsOn: readonly string[]): string[] | null {
  const cameFrom = new Map<string, string>(dependsOn.map((id) => [id, item]));
  const open = [...cameFrom.keys()];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === item) return wayTo(item, cameFrom);
    for (const { depends_on } of graph.get(at) ?? []) {
      for (const next of depends_on) {
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        open.push(next);
      }
    }
  }
  return null;
}

function wayTo(item: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [item];
  let at = cameFrom.get(item);
  for (; at !== undefined && at !== item; at = cameFrom.get(at)) way.unshift(at);
  return [item, ...way];
}
