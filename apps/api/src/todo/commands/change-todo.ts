import { type CommandContext, CommandRunner, type Outcome } from '@coord/command-runner/index';
import { TODO_TREE, todoDecider, todoStream, todoTreeDecider, WAY_CHANGED } from '@coord/domain/todo/index';
import { StoreUnavailable } from '@coord/event-store/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Map as ImmutableMap } from 'immutable';
import { Commands } from '../../engine/commands';
import type { ChangeTodoDto } from '../todo.dto';
import { TodoPlaces } from '../todo-places';
import { todoTask } from './todo-task';

/** Changes what a todo says, and where it belongs. */
export class ChangeTodo extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly change: ChangeTodoDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeTodo)
export class ChangeTodoHandler implements ICommandHandler<ChangeTodo> {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly places: TodoPlaces,
  ) {}

  /** Another parent is decided by the tree, the rest by the todo; it comes last and remembers the key for both. */
  async execute({ id, change, context }: ChangeTodo): Promise<Outcome> {
    const { text, assigned_to_user, project_key, source, parent_id } = change;
    const command = {
      type: 'ChangeTodo' as const,
      changes: { text, assigned_to_user, project_key, source },
      changed_by: context.actor,
      now: context.now,
    };
    if (parent_id === undefined) return this.commands.execute(todoTask(id, command, context, await this.places.tree()), change);
    const before = context.idempotency && (await this.runner.recall(todoDecider, todoStream(id), context));
    if (before) return before;
    const moved = await this.move(id, parent_id, change, context);
    if ('problem' in moved) return moved;
    try {
      return await this.commands.execute(todoTask(id, command, context, ImmutableMap([[id, parent_id]])));
    } catch (error) {
      // what went through before is not undone
      throw error instanceof StoreUnavailable && moved.answer.body === true ? new StoreUnavailable('unknown', error) : error;
    }
  }

  /** The answer's body says whether something was written. */
  private async move(todo_id: string, parent_id: string | null, change: ChangeTodoDto, context: CommandContext): Promise<Outcome> {
    const { state: todo, position } = await this.runner.observe(todoDecider, todoStream(todo_id));
    if (!todo) return { problem: { problem: 'not-found', what: 'todo with this id' }, position };
    for (;;) {
      const about = { todo_id, project_key: change.project_key === undefined ? todo.project_key : change.project_key };
      const origins = await this.places.originsFor(todo_id, parent_id);
      const outcome = await this.commands.execute(
        {
          decider: todoTreeDecider,
          stream: TODO_TREE,
          command: { type: 'MoveTodo', ...about, parent_id, origins, changed_by: context.actor, now: context.now },
          context: { ...context, idempotency: undefined },
          answer: (events) => ({ status: 200, body: events.length > 0 }),
        },
        change,
      );
      if (!('problem' in outcome) || outcome.problem !== WAY_CHANGED) return outcome;
    }
  }
}
