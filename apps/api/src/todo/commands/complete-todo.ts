import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { FencedWrite } from '../../lock/fence-gate';
import { TodoPlaces } from '../todo-places';
import { todoTask } from './todo-task';

/** Says that a todo is done. `completed_by`: who, as far as that was said. */
export class CompleteTodo extends Command<Outcome> {
  constructor(
    readonly id: string,
    readonly completed_by: string | null,
    readonly fenced: FencedWrite,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CompleteTodo)
export class CompleteTodoHandler implements ICommandHandler<CompleteTodo> {
  constructor(
    private readonly commands: Commands,
    private readonly places: TodoPlaces,
  ) {}

  async execute({ id, completed_by, fenced, context }: CompleteTodo): Promise<Outcome> {
    const command = { type: 'CompleteTodo' as const, completed_by, now: context.now };
    return this.commands.execute(todoTask(id, command, context, await this.places.tree()), fenced);
  }
}
