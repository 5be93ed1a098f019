import { type CommandContext, type Outcome } from '@coord/command-runner/index';
import { type LockEvent, type LockState, lockDecider, lockStream, type ProjectLocks } from '@coord/domain/lock/index';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { Commands } from '../../engine/commands';
import type { ClaimBatchDto, ClaimDto } from '../lock.dto';
import { holderView, type LockView } from '../lock.view';
import { LockDirectory } from '../lock-directory';
import { LockWaits } from '../lock-waits';
import { QueueClock } from '../queue-clock';
import type { MadeClaim } from '../waiting-claim';

/** Claims one resource, or a batch of which all or none are granted; with `wait_seconds`, waits for it. */
export class ClaimLocks extends Command<Outcome> {
  constructor(
    readonly claim: ClaimDto | ClaimBatchDto,
    readonly context: CommandContext,
    /** Gives a signal that aborts when the caller has gone. Most claims don't wait, and a signal costs as much as the rest of a claim's bookkeeping. */
    readonly whenGone: () => AbortSignal,
  ) {
    super();
  }
}

@CommandHandler(ClaimLocks)
export class ClaimLocksHandler implements ICommandHandler<ClaimLocks> {
  constructor(
    private readonly commands: Commands,
    private readonly directory: LockDirectory,
    private readonly queueClock: QueueClock,
    private readonly waits: LockWaits,
  ) {}

  async execute({ claim, context, whenGone }: ClaimLocks): Promise<Outcome> {
    const resources =
      'resources' in claim
        ? claim.resources.map((resource, i) => ({ id: uuidv7(), resource, field: `resources[${i}]` }))
        : [{ id: uuidv7(), resource: claim.resource, field: 'resource' }];
    const made = { claim, resources, context };
    let outcome = await this.attempt(made);
    for (let held = conflictsOf(outcome); held?.length === 0; held = conflictsOf(outcome)) {
      // its way is free of locks, but those who wait come first, and by the clock their turn has come
      await this.queueClock.moveOn(claim.project_key);
      outcome = await this.attempt(made);
    }
    const conflicts = claim.wait_seconds > 0 ? conflictsOf(outcome) : null;
    return this.remember(conflicts ? await this.waits.wait(made, { conflicts, position: outcome.position }, whenGone()) : outcome);
  }

  /** As a claim that does not wait. */
  private attempt({ claim, resources, context }: MadeClaim): Promise<Outcome> {
    const { project_key, session_id, description, ttl_hours, mode } = claim;
    const { now } = context;
    const answerWith = 'resources' in claim ? answerBatch : answerOne;
    return this.commands.execute(
      {
        decider: lockDecider,
        stream: lockStream(project_key),
        command: { type: 'ClaimLocks', project_key, session_id, resources, description, ttl_hours, mode, now },
        context,
        answer: (events, after) => answerWith(grantedLocks(events, after, now), events),
      },
      claim,
    );
  }

  private remember(outcome: Outcome): Outcome {
    if (!('answer' in outcome)) return outcome;
    const body = outcome.answer.body as unknown as LockView | { locks: LockView[] };
    for (const lock of 'locks' in body ? body.locks : [body]) this.directory.remember(lock.id, lock);
    return outcome;
  }
}

/** What stands in the way of a claim that was refused for that; null for any other outcome. */
const conflictsOf = (outcome: Outcome): readonly LockState[] | null =>
  'problem' in outcome && outcome.problem.problem === 'lock-held' ? outcome.problem.conflicts : null;

/** Not the grants to others, who waited for what this claim put on record. */
const isOwn = ({ data }: LockEvent): boolean => !('request_id' in data);

/** The locks that a claim granted or renewed. Their holder has just given a sign, so they are not stale. */
function grantedLocks(events: readonly LockEvent[], after: ProjectLocks, now: number): LockView[] {
  const locks: LockView[] = [];
  for (const event of events) {
    if ((event.type !== 'LockClaimed' && event.type !== 'LockRenewed') || !isOwn(event)) continue;
    const lock = after.locks.get(event.data.lock_id);
    if (lock) locks.push(holderView(lock, now));
  }
  return locks;
}

const answerBatch = (locks: LockView[]) => ({ status: 201, body: { locks } });

/** The holder claiming the same resource again has its lock renewed: 200. */
function answerOne([lock]: LockView[], events: readonly LockEvent[]) {
  if (!lock) throw new Error('A claim was granted without a lock.');
  return { status: events.some((event) => event.type === 'LockClaimed' && isOwn(event)) ? 201 : 200, body: lock };
}
