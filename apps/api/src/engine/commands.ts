import { type CommandContext, CommandRunner, type Outcome, type Task } from '@coord/command-runner/index';
import type { DomainEvent } from '@coord/domain/decider';
import { sessionDecider, sessionStream } from '@coord/domain/session/index';
import { Injectable } from '@nestjs/common';
import { ActivityNotes } from '../activity/activity-notes';
import { LogPosition } from '../http/coord-position';
import { Log } from '../http/log';
import { type FencedWrite, FenceGate } from '../lock/fence-gate';
import { Metrics } from '../service/metrics';
import { Registrar } from '../session/registrar';
import { Steps } from './steps';

/**
 * What a command is of its session. Where a registration or a heartbeat writes, it writes the session's own stream, which has the session
 * by then. `none`: an end, which is no sign that it lives.
 */
export type SignOfLife = 'command' | 'registration' | 'heartbeat' | 'none';

/** What every command has in common: its fence, its session's registration and activity, and being counted. */
@Injectable()
export class Commands {
  private readonly underWay = new Map<string, Promise<Outcome>>();

  constructor(
    private readonly runner: CommandRunner,
    private readonly gate: FenceGate,
    private readonly registrar: Registrar,
    private readonly activity: ActivityNotes,
    private readonly metrics: Metrics,
    private readonly position: LogPosition,
    private readonly log: Log,
  ) {}

  /**
   * Runs a command. `sign`: what it is of its session. A write under a key that was answered already gets that answer, whatever became of its fence since.
   * @returns also whether it wrote events of its session: an answer given again did not, nor one that only found a lock expired.
   * @throws StoreUnavailable
   */
  async execute<State, Command extends { type: string }, Event extends DomainEvent>(
    task: Task<State, Command, Event>,
    fenced: FencedWrite = {},
    sign: SignOfLife = 'command',
  ): Promise<Outcome & { wrote?: boolean }> {
    const outcome: Outcome & { wrote?: boolean } = (await this.refusedByFence(task, fenced)) ?? (await this.runner.run(task));
    this.metrics.command(task.command.type, 'problem' in outcome ? outcome.problem.problem : 'accepted');
    await this.follow(task.context, outcome.wrote === true, 'problem' in outcome && sign !== 'none' ? 'command' : sign);
    return outcome;
  }

  /**
   * For a command that touches several streams: `work` runs once for a key, and its answer is kept in the session's stream.
   * The fence is checked here, before the first of the writes: a later one could no longer refuse the whole.
   * @throws StoreUnavailable
   */
  async once(
    session: string,
    context: CommandContext,
    fenced: FencedWrite,
    work: (context: CommandContext, steps: Steps) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { idempotency, ...plain } = context;
    const steps = new Steps((task) => this.execute(task));
    const gated = async () => (await this.fenceRefusal(fenced, plain)) ?? work(plain, steps);
    try {
      const whole = () => this.remembering(session, context, gated);
      const outcome = idempotency ? await this.oneAfterAnother(idempotency.scope, whole) : await gated();
      await this.follow(context, false);
      return outcome;
    } catch (error) {
      throw steps.asWhole(error);
    }
  }

  /** The same key at the same time: whoever comes later finds what the first has left. */
  private async oneAfterAnother(scope: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const before = this.underWay.get(scope);
    const mine = before === undefined ? work() : before.then(work, work);
    this.underWay.set(scope, mine);
    try {
      return await mine;
    } finally {
      if (this.underWay.get(scope) === mine) this.underWay.delete(scope);
    }
  }

  private async remembering(session: string, context: CommandContext, work: () => Promise<Outcome>): Promise<Outcome> {
    const stream = sessionStream(session);
    const before = await this.runner.recall(sessionDecider, stream, context);
    if (before) return before;
    const outcome = await work();
    if ('problem' in outcome) return outcome;
    // a session's stream only begins with its registration
    await this.registrar.register(session, context);
    return this.runner.run({
      decider: { ...sessionDecider, decide: () => [] },
      stream,
      command: { type: 'RememberAnswer' },
      context,
      answer: () => outcome.answer,
    });
  }

  private async refusedByFence<State, Command, Event extends DomainEvent>(
    task: Task<State, Command, Event>,
    fenced: FencedWrite,
  ): Promise<Outcome | null> {
    if (fenced.lock_id === undefined && fenced.fence === undefined) return null;
    if (task.context.idempotency) {
      const answered = await this.runner.recall(task.decider, task.stream, task.context);
      if (answered) return answered;
    }
    return this.fenceRefusal(fenced, task.context);
  }

  private async fenceRefusal(fenced: FencedWrite, context: CommandContext): Promise<Outcome | null> {
    const refusal = await this.gate.check(fenced, context);
    return refusal && { problem: refusal.problem, position: refusal.position ?? this.position.highest };
  }

  /**
   * What follows from a command: its session is registered, and has given a sign. The command has come out by then, so a failure
   * here must not make its answer an error: the registration policy finishes the one, and the next command gives the other.
   */
  private async follow(context: CommandContext, wrote: boolean, sign: SignOfLife = 'command'): Promise<void> {
    if (context.actor === null || sign === 'none') return;
    try {
      if (wrote && sign === 'command') await this.registrar.register(context.actor, context);
      else if (wrote) this.registrar.remember(context.actor);
      else await this.activity.note(context.actor, context.now, sign === 'heartbeat' ? 'heartbeat' : 'command');
    } catch (error) {
      this.log.warn({ err: error, session: context.actor }, 'A session could not be registered or its sign not be noted; the next command does it');
    }
  }
}
