import { type CommandContext, CommandRunner, type Outcome } from '@coord/command-runner/index';
import { invalid } from '@coord/domain/problem';
import { cycleThrough, type WorkItemState, workGraphDecider, workGraphStream, workItemDecider, workItemStream } from '@coord/domain/work-item/index';
import { Injectable } from '@nestjs/common';
import { Commands } from '../engine/commands';
import type { FencedWrite } from '../lock/fence-gate';

/** Work items as their streams have them now. */
export interface Seen {
  items: ReadonlyMap<string, WorkItemState>;
  completed: ReadonlySet<string>;
}

type Dependent = Pick<WorkItemState, 'work_item_id' | 'project_key' | 'revision' | 'depends_on'>;

/** What work items depend on: whether it may be, which the graph of their project decides. */
@Injectable()
export class Dependencies {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
  ) {}

  async look(ids: readonly string[]): Promise<Seen> {
    const seen = await Promise.all(ids.map((id) => this.runner.observe(workItemDecider, workItemStream(id))));
    const items = new Map(seen.flatMap(({ state }) => (state ? [[state.work_item_id, state] as const] : [])));
    return { items, completed: new Set([...items.values()].filter(({ status }) => status === 'completed').map((item) => item.work_item_id)) };
  }

  /**
   * Puts down what an item is to depend on from its next revision on, before the item is written. Nothing is put down, nor
   * refused, for what it depends on already.
   * @param item as it was seen; @param seen what it is to depend on; @returns the refusal, or null
   */
  async putDown(item: Dependent, wanted: readonly string[], seen: Seen, context: CommandContext, fenced: FencedWrite): Promise<Outcome | null> {
    const { work_item_id, project_key, revision, depends_on: held } = item;
    const fresh = wanted.filter((id) => !held.includes(id));
    if (fresh.length === 0) return null;
    const graph = { decider: workGraphDecider, stream: workGraphStream(project_key) };
    const unknown = fresh.find((id) => seen.items.get(id)?.project_key !== project_key);
    if (unknown !== undefined) {
      const { position } = await this.runner.observe(graph.decider, graph.stream);
      return { problem: invalid('depends_on', `names ${unknown}, which is no work item of this project`), position };
    }
    const { now, actor, correlation_id } = context;
    const command = { type: 'SetWorkDependencies' as const, project_key, work_item_id, revision, held, depends_on: [...wanted], now };
    const task = { ...graph, command, context: { actor, now, correlation_id, project_key }, answer: () => ({ status: 200, body: null }) };
    for (;;) {
      const outcome = await this.commands.execute(task, fenced);
      if (!('problem' in outcome)) return null;
      if (outcome.problem.problem !== 'invalid-request' || !(await this.clearTheWay(item, wanted, context))) return outcome;
    }
  }

  /** Whether a cycle was none, because what was put down for an item on its way has not come to be, and is cleared away now. */
  private async clearTheWay(
    { work_item_id, project_key }: Dependent,
    wanted: readonly string[],
    { now, correlation_id }: CommandContext,
  ): Promise<boolean> {
    const graph = { decider: workGraphDecider, stream: workGraphStream(project_key) };
    const cycle = cycleThrough((await this.runner.observe(graph.decider, graph.stream)).state, work_item_id, wanted);
    if (!cycle) return true;
    const way = cycle.slice(1, -1);
    const { items } = await this.look(way);
    const gone = way.flatMap((id, i) => {
      const item = items.get(id);
      return item && !item.depends_on.includes(cycle[i + 2] ?? '') ? [item] : [];
    });
    const settled = await Promise.all(
      gone.map((item) =>
        this.runner.run({
          ...graph,
          command: {
            ...{ type: 'SettleWorkDependencies', project_key, work_item_id: item.work_item_id },
            ...{ revision: item.revision, held: item.depends_on, now },
          } as const,
          context: { actor: null, now, correlation_id, project_key },
          answer: () => ({ status: 200, body: null }),
        }),
      ),
    );
    return settled.some(({ wrote }) => wrote);
  }
}
