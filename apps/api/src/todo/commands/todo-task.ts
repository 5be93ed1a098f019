import type { CommandContext, Task } from '@coord/command-runner/index';
import { type TodoCommand, type TodoEvent, type TodoState, type TodoTree, todoDecider, todoStream } from '@coord/domain/todo/index';
import { todoView } from '../todo.view';

/** A command to a todo that is there, answered with what it is afterwards. */
export const todoTask = (
  id: string,
  command: TodoCommand,
  context: CommandContext,
  tree: TodoTree,
): Task<TodoState | null, TodoCommand, TodoEvent> => ({
  decider: todoDecider,
  stream: todoStream(id),
  command,
  context,
  answer: (_, todo) => {
    if (!todo) throw new Error(`${command.type} went through on a todo that is not there.`);
    return { status: 200, body: todoView(todo, tree) };
  },
});
