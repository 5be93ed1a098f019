import { type CommandContext, derivedId, type Outcome } from '@coord/command-runner/index';
import { OUTLIVED_KEY } from '@coord/domain/problem';
import { type TodoTree, todoDecider, todoStream } from '@coord/domain/todo/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Map as ImmutableMap } from 'immutable';
import { v7 as uuidv7 } from 'uuid';
import { Commands } from '../../engine/commands';
import type { AddTodoDto } from '../todo.dto';
import { todoView } from '../todo.view';
import { TodoPlaces } from '../todo-places';

/** A todo that was just added has been moved nowhere. */
const UNMOVED: TodoTree = ImmutableMap();

export class AddTodo extends Command<Outcome> {
  constructor(
    readonly todo: AddTodoDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AddTodo)
export class AddTodoHandler implements ICommandHandler<AddTodo> {
  constructor(
    private readonly commands: Commands,
    private readonly places: TodoPlaces,
  ) {}

  /** What is new has nothing below it, so its parent makes no cycle. A key that was used a day ago gives the next id. */
  async execute({ todo, context }: AddTodo): Promise<Outcome> {
    await this.places.parentMustExist(todo.parent_id);
    for (let attempt = 0; ; attempt += 1) {
      const { idempotency } = context;
      const outcome = await this.addAs(idempotency ? derivedId('todo', 'key', idempotency.scope, String(attempt)) : uuidv7(), todo, context);
      if (!('problem' in outcome) || outcome.problem !== OUTLIVED_KEY) return outcome;
    }
  }

  private addAs(id: string, todo: AddTodoDto, context: CommandContext): Promise<Outcome> {
    const added = {
      todo_id: id,
      text: todo.text,
      created_by_user: todo.created_by_user ?? null,
      created_by_machine: todo.created_by_machine ?? null,
      assigned_to_user: todo.assigned_to_user ?? null,
      project_key: todo.project_key ?? null,
      parent_id: todo.parent_id ?? null,
      source: todo.source ?? null,
      auto: todo.auto,
    };
    return this.commands.execute(
      {
        decider: todoDecider,
        stream: todoStream(id),
        command: { type: 'AddTodo', todo: added, now: context.now },
        context,
        answer: (_, stored) => {
          if (!stored) throw new Error('A todo was added that is not there.');
          return { status: 201, body: todoView(stored, UNMOVED) };
        },
      },
      todo,
    );
  }
}
