import type { CommandContext, Outcome } from '@coord/command-runner/index';
import { type TaskCommand, taskDecider, taskStream } from '@coord/domain/task/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { FencedWrite } from '../../lock/fence-gate';
import { taskView } from '../task.view';

/** Anything that a caller says of a task; the answer is the task as it is then. */
export class WriteTask extends Command<Outcome> {
  constructor(
    readonly taskId: string,
    readonly command: TaskCommand,
    readonly fenced: FencedWrite,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(WriteTask)
export class WriteTaskHandler implements ICommandHandler<WriteTask> {
  constructor(private readonly commands: Commands) {}

  execute({ taskId, command, fenced, context }: WriteTask): Promise<Outcome> {
    const answer = (_: unknown, after: typeof taskDecider.initialState, before: typeof taskDecider.initialState) => {
      if (!after) throw new Error('A task was written that is not there.');
      return { status: before ? 200 : 201, body: taskView(after) };
    };
    return this.commands.execute({ decider: taskDecider, stream: taskStream(taskId), command, context, answer }, fenced);
  }
}
