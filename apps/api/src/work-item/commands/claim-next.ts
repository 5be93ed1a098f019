import { type CommandContext, CommandRunner, type Outcome } from '@coord/command-runner/index';
import { invalid } from '@coord/domain/problem';
import { workflowDecider, workflowStream } from '@coord/domain/workflow/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { claimableItems } from '@projections/work/index';
import { Commands } from '../../engine/commands';
import { type Choices, KeyedChoices } from '../keyed-choices';
import type { ClaimNextDto } from '../work-item.dto';
import { claimTask } from './claim-work-item';

/** How many items one look gives: when many claim at once, most of them are gone when their turn comes. */
const LOOKED_AT = 32;

/** Takes the best work item that is ready and that nobody has, and begins it. */
export class ClaimNext extends Command<Outcome> {
  constructor(
    readonly claim: ClaimNextDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ClaimNext)
export class ClaimNextHandler implements ICommandHandler<ClaimNext> {
  constructor(
    private readonly commands: Commands,
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly keyed: KeyedChoices,
  ) {}

  async execute({ claim, context }: ClaimNext): Promise<Outcome> {
    const { idempotency, ...plain } = context;
    const answered = idempotency ? await this.keyed.answered(context) : null;
    return this.commands.once(claim.session_id, plain, answered ? {} : claim, async () => answered ?? this.claimBest(claim, context));
  }

  private async claimBest(claim: ClaimNextDto, context: CommandContext): Promise<Outcome> {
    const choices = this.choices(claim);
    for (let turn = 0; ; turn += 1) {
      const next = context.idempotency ? await this.keyed.choose(turn, choices, context) : await choices.next();
      if ('problem' in next) return next;
      if (next.done) return (await this.refusalOfWorkflow(claim)) ?? { answer: { status: 204, body: null }, position: next.value };
      const { id, revision } = next.value;
      const outcome = await this.commands.execute(claimTask(id, claim.session_id, context, revision));
      const isLost = 'problem' in outcome && (outcome.problem.problem === 'work-item-taken' || outcome.problem.problem === 'revision-conflict');
      if (!isLost) return outcome;
    }
  }

  /** Looks again when all that one look gave are gone: it sees then that they are. */
  private async *choices({ project_key: projectKey, workflow_id: workflowId }: ClaimNextDto): Choices {
    const asked = { projectKey, workflowId, limit: LOOKED_AT };
    for (;;) {
      const { result, position } = await this.readModels.read((sql) => claimableItems(sql, asked), { of: ['work'] });
      if (result.length === 0) return position;
      yield* result;
    }
  }

  private async refusalOfWorkflow({ project_key, workflow_id }: ClaimNextDto): Promise<Outcome | null> {
    if (workflow_id === undefined) return null;
    const { state, position } = await this.runner.observe(workflowDecider, workflowStream(workflow_id));
    return state?.project_key === project_key ? null : { problem: invalid('workflow_id', 'names no workflow of this project'), position };
  }
}
