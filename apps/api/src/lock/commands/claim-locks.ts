import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { type LockEvent, lockDecider, lockStream, type ProjectLocks } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Commands } from '../../engine/commands';
import type { ClaimBatchDto, ClaimDto } from '../lock.dto';
import { holderView, type LockView } from '../lock.view';
import { LockDirectory } from '../lock-directory';

/** Claims one resource, or a batch of which all or none are granted. */
export class ClaimLocks extends Command<Outcome> {
  constructor(
    readonly claim: ClaimDto | ClaimBatchDto,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ClaimLocks)
export class ClaimLocksHandler implements ICommandHandler<ClaimLocks> {
  constructor(
    private readonly commands: Commands,
    private readonly directory: LockDirectory,
  ) {}

  async execute({ claim, context }: ClaimLocks): Promise<Outcome> {
    const { project_key, session_id, description, ttl_hours, mode } = claim;
    const resources =
      'resources' in claim
        ? claim.resources.map((resource, i) => ({ id: uuidv7(), resource, field: `resources[${i}]` }))
        : [{ id: uuidv7(), resource: claim.resource, field: 'resource' }];
    const command = { type: 'ClaimLocks' as const, project_key, session_id, resources, description, ttl_hours, mode, now: context.now };
    const answer = 'resources' in claim ? answerBatch : answerOne;
    const task = { decider: lockDecider, stream: lockStream(project_key), command, context };
    const granted = (events: readonly LockEvent[], after: ProjectLocks) => grantedLocks(events, after, context.now);
    return this.remember(await this.commands.execute({ ...task, answer: (events, after) => answer(granted(events, after), events) }, claim));
  }

  private remember(outcome: Outcome): Outcome {
    if (!('answer' in outcome)) return outcome;
    const body = outcome.answer.body as unknown as LockView | { locks: LockView[] };
    for (const lock of 'locks' in body ? body.locks : [body]) this.directory.remember(lock.id, lock);
    return outcome;
  }
}

/** The locks that a claim granted or renewed. Their holder has just given a sign, so they are not stale. */
function grantedLocks(events: readonly LockEvent[], after: ProjectLocks, now: number): LockView[] {
  return events.flatMap((event) => {
    const lock = event.type === 'LockClaimed' || event.type === 'LockRenewed' ? after.locks.get(event.data.lock_id) : undefined;
    return lock ? holderView(lock, now) : [];
  });
}

const answerBatch = (locks: LockView[]) => ({ status: 201, body: { locks } });

/** The holder claiming the same resource again has its lock renewed: 200. */
function answerOne([lock]: LockView[], events: readonly LockEvent[]) {
  if (!lock) throw new Error('A claim was granted without a lock.');
  return { status: events.some((event) => event.type === 'LockClaimed') ? 201 : 200, body: lock };
}
