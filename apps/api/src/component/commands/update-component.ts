import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { componentDecider, componentStream } from '@coord/domain/component/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commands } from '../../engine/commands';
import type { ComponentDto } from '../component.dto';

/** Says what state a component is in. `ifMatch`: only if this is its revision. */
export class UpdateComponent extends Command<Outcome> {
  constructor(
    readonly update: ComponentDto,
    readonly ifMatch: number | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(UpdateComponent)
export class UpdateComponentHandler implements ICommandHandler<UpdateComponent> {
  constructor(private readonly commands: Commands) {}

  execute({ update, ifMatch, context }: UpdateComponent): Promise<Outcome> {
    const { project_key, component, state, version, notes, updated_by } = update;
    const command = {
      type: 'UpdateComponent' as const,
      project_key,
      component,
      state,
      version,
      notes,
      updated_by,
      if_match: ifMatch,
      now: context.now,
    };
    const stream = componentStream(project_key, component);
    const answer = (_: unknown, after: typeof componentDecider.initialState) => ({ status: 200, body: after });
    return this.commands.execute({ decider: componentDecider, stream, command, context, answer }, update);
  }
}
