import type { Decider, DomainEvent } from '@coord/domain/decider';
import type { EventStore } from '@coord/event-store/index';
import type { CommandContext, Outcome, Task } from './command';
import { HotStreams } from './hot-streams';
import { type Settled, StreamWriter } from './stream-writer';

/** How many streams' folded states stay at hand: long ones (those with snapshots) are few and dear to load, so the many short ones must not push them out. `bytes`: roughly what each kind may take in memory. */
const HOT_STREAMS = { long: 1_000, short: 5_000, bytes: 64 * 1024 * 1024 };

/** Loads, decides, appends, and answers when it is durable. One for a process. */
export class CommandRunner {
  private readonly long: HotStreams;
  private readonly short: HotStreams;

  /** `onBackgroundError` hears of a snapshot that could not be saved. */
  constructor(
    private readonly store: EventStore,
    private readonly onBackgroundError: (error: unknown) => void,
    hotStreams: Partial<typeof HOT_STREAMS> = {},
  ) {
    const { long, short, bytes } = { ...HOT_STREAMS, ...hotStreams };
    this.long = new HotStreams(long, bytes);
    this.short = new HotStreams(short, bytes);
  }

  /**
   * Runs one command. The same key and body within 24 h gives the first answer again and writes nothing.
   * @returns the answer or the problem, and whether events were written.
   * @throws StoreUnavailable
   */
  async run<State, Command, Event extends DomainEvent>(task: Task<State, Command, Event>): Promise<Outcome & { wrote: boolean }> {
    const { decider, context, command } = task;
    const { outcome, wrote } = await this.writer(decider, task.stream).submit({
      context,
      decide: (state) => decider.decide(command, state as State),
      answer: (events, after, before) => task.answer(events as readonly Event[], after as State, before as State),
    });
    const { position } = outcome;
    return 'problem' in outcome ? { problem: outcome.problem, position, wrote } : { answer: outcome.answer, position, wrote };
  }

  /**
   * The state of a stream as of now: what is cached is checked against the store, and read on where others wrote.
   * @throws StoreUnavailable
   */
  async observe<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    stream: string,
  ): Promise<{ state: State; position: number }> {
    const context = { actor: null, now: 0, project_key: null, correlation_id: null };
    const seen: Settled = await this.writer(decider, stream).submit({ context, decide: () => [], answer: () => ({ status: 200, body: null }) });
    return { state: seen.state as State, position: seen.outcome.position };
  }

  /**
   * What a stream remembers of the context's key: the first answer, or the problem of another body; null where the key is new.
   * For commands that touch several streams and keep their answer in one of them.
   * @throws StoreUnavailable
   */
  async recall<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    stream: string,
    context: CommandContext,
  ): Promise<Outcome | null> {
    const unknown = { problem: 'not-found', what: 'idempotency key' } as const;
    const answer = () => ({ status: 200, body: null });
    const { outcome } = await this.writer(decider, stream).submit({ context, decide: () => unknown, answer });
    return 'problem' in outcome && outcome.problem === unknown ? null : outcome;
  }

  private writer<State, Command, Event extends DomainEvent>(decider: Decider<State, Command, Event>, stream: string): StreamWriter {
    const hot = decider.snapshot && !decider.snapshot.many ? this.long : this.short;
    // a stream is always folded by the same decider, so its types can be forgotten here
    const anyDecider = decider as unknown as Decider<unknown, never, DomainEvent>;
    return hot.wake(stream, () => new StreamWriter(this.store, anyDecider, stream, this.onBackgroundError, (writer) => hot.rest(stream, writer)));
  }
}
