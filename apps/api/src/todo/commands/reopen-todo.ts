import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { FencedWrite } from '../../lock/fence-gate';
import { TodoPlaces } from '../todo-places';
import { todoTask } from './todo-task';

/** Takes back that a todo is done. `reopened_by`: who, as far as that was said. */
export class ReopenTodo extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly reopened_by: string | null,
    readonly fenced: FencedWrite,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReopenTodo)
export class ReopenTodoHandler implements ICommandHandler<ReopenTodo> {
  constructor(
    private readonly commands: Commands,
    private readonly places: TodoPlaces,
  ) {}

  async execute({ id, reopened_by, fenced, context }: ReopenTodo): Promise<Outcome> {
    const command = { type: 'ReopenTodo' as const, reopened_by, now: context.now };
    return this.commands.execute(todoTask(id, command, context, await this.places.tree()), fenced);
  }
}
