import { CommandRunner } from '@coord/command-runner/index';
import { TODO_TREE, type TodoTree, todoDecider, todoStream, todoTreeDecider } from '@coord/domain/todo/index';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { refusedField } from '../http/problems';

/** Knows where todos are: where each was added, which never changes, and where it was moved since. */
@Injectable()
export class TodoPlaces {
  private readonly origins = new LRUCache<string, { parent: string | null }>({ max: 50_000 });

  constructor(private readonly runner: CommandRunner) {}

  /** Where todos were moved to, as of now. @throws StoreUnavailable */
  async tree(): Promise<TodoTree> {
    return (await this.runner.observe(todoTreeDecider, TODO_TREE)).state;
  }

  /** @throws Refused for a parent that is no todo, StoreUnavailable */
  async parentMustExist(parent_id: string | null | undefined): Promise<void> {
    if (parent_id) await this.originOf(parent_id);
  }

  /**
   * The origins of a todo and of all from its new parent up to the root, as the way is now.
   * @throws Refused for a parent that is no todo, StoreUnavailable
   */
  async originsFor(todo_id: string, parent_id: string | null): Promise<Map<string, string | null>> {
    const tree = await this.tree();
    const origins = new Map([[todo_id, await this.originOf(todo_id)]]);
    for (let at = parent_id; at !== null && !origins.has(at); ) {
      const origin = await this.originOf(at);
      origins.set(at, origin);
      at = tree.get(at, origin);
    }
    return origins;
  }

  private async originOf(id: string): Promise<string | null> {
    const known = this.origins.get(id);
    if (known) return known.parent;
    const { state } = await this.runner.observe(todoDecider, todoStream(id));
    if (!state) throw refusedField('parent_id', 'names no todo');
    this.origins.set(id, { parent: state.parent_id });
    return state.parent_id;
  }
}
