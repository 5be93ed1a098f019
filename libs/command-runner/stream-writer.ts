import type { Decider, DomainEvent } from '@coord/domain/decider';
import { type AppendOutcome, type EventStore, type ExpectedRevision, type NewEvent, StoreUnavailable, type Turn } from '@coord/event-store/index';
import { type Chain, type Decided, decideChain, type Queued } from './chain';
import type { Outcome } from './command';
import { type Folded, toJson, weighed } from './memory';
import { catchUp, foldAll, load } from './stream-loader';
import { TurnTaking } from './turn-taking';

/** Commands of one append; the rest of the queue goes with the next. */
const CHAIN_LENGTH = 256;
/** How long a chain is decided again and again while other instances win. */
const GIVE_UP_AFTER = 2_000;
/** A refusal of the store that took this long, in milliseconds, says that it is away: whatever comes next would wait as long for its own. */
const AWAY_AFTER = 1_000;
/** Bytes that may come to a stream, beside as many as it had, before it is weighed again. */
const UNWEIGHED = 64 * 1024;

/** How one queued command ended: its outcome, the state after the whole chain it went with, and whether it wrote events of its actor. */
export interface Settled {
  outcome: Outcome;
  state: unknown;
  wrote: boolean;
}

interface Waiting extends Queued {
  settle(settled: Settled): void;
  fail(error: unknown): void;
}

/**
 * The one writer of a stream in this process (architecture, decision 6). What gathers while an append is under way goes out
 * as the next one, with one expected revision for the chain; alone, a command costs one round trip. No answer leaves before
 * its append is durable, a refusal neither: it may rest on a lock that is not. The folded state is cached, never trusted: a
 * chain without events checks its revision, too. Where other instances write to the stream, they take turns at it (decision 26).
 */
export class StreamWriter {
  private folded: Folded<unknown> | null = null;
  /** Of the store, when the stream was loaded. */
  private epoch = -1;
  /** The revision of the last snapshot, -1 without one: counted from there, so that no number of short lives puts off the next. */
  private snapshotAt = -1;
  /** What the stream took in memory when it was weighed last. */
  private weight = 0;
  private readonly waiting: Waiting[] = [];
  private draining = false;
  private readonly turns: TurnTaking;

  constructor(
    private readonly store: EventStore,
    private readonly decider: Decider<unknown, never, DomainEvent>,
    private readonly stream: string,
    private readonly onBackgroundError: (error: unknown) => void,
    /** Nothing waits any more. A command that is submitted begins its work. */
    private readonly onRest: (writer: StreamWriter) => void,
  ) {
    this.turns = new TurnTaking(store, stream);
  }

  submit(command: Queued): Promise<Settled> {
    return new Promise((settle, fail) => {
      this.waiting.push({ context: command.context, decide: command.decide, answer: command.answer, settle, fail });
      if (!this.draining) void this.drain();
    });
  }

  /** Roughly what the stream takes in memory, up to twice as much as it does. To be asked at rest: now and then it looks at all of the state. */
  bytes(): number {
    if (!this.folded) return 0;
    // what came may have taken the place of what was there; waiting until all of it may have keeps the cost of each event small
    if (this.folded.bytes > 2 * this.weight + UNWEIGHED) this.weigh(this.folded);
    return this.folded.bytes;
  }

  private async drain(): Promise<void> {
    this.draining = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, CHAIN_LENGTH);
      const started = performance.now();
      try {
        await this.commit(batch, started);
      } catch (error) {
        this.folded = null; // whether the append went through may be unknown
        for (const { fail } of batch) fail(error);
        if (error instanceof StoreUnavailable && performance.now() - started >= AWAY_AFTER) this.failWaiting(error);
      }
    }
    this.draining = false;
    this.onRest(this);
  }

  /** What waits was certainly not sent. */
  private failWaiting(cause: StoreUnavailable): void {
    for (const { fail } of this.waiting.splice(0)) fail(new StoreUnavailable('none', cause));
  }

  private async commit(batch: Waiting[], started: number): Promise<void> {
    let stale = false;
    for (let tries = 0; performance.now() - started < GIVE_UP_AFTER; tries += 1) {
      const known = (this.epoch === this.store.epoch ? this.folded : null) ?? (await this.load());
      const turn = await this.turns.take(known.revision);
      // what came while this instance waited for its turn goes with it; later ones have their own time until they give up
      if (turn && tries === 0) batch.push(...this.waiting.splice(0, CHAIN_LENGTH - batch.length));
      try {
        const base = turn ? foldAll(this.decider, known, turn.events) : stale ? await catchUp(this.store, this.decider, this.stream, known) : known;
        const chain = decideChain(this.decider, base, batch);
        this.waiting.unshift(...batch.splice(chain.decided.length));
        const result = await this.append(base.revision < 0 ? 'none' : base.revision, chain.events, turn);
        if (result?.outcome === 'appended') {
          this.folded = chain.after;
          if (result.contended) this.turns.contended();
          this.saveSnapshotWhenDue();
          return this.answer(batch, chain, base, result.position);
        }
        this.turns.contended();
        // the turn that comes next brings what others wrote; one that did not bring all of it leaves much to read
        this.folded = turn ? await catchUp(this.store, this.decider, this.stream, base) : base;
        stale = !turn;
      } finally {
        turn?.giveBack();
      }
    }
    const lost = new StoreUnavailable('none', new Error(`Other instances wrote to ${this.stream} all the time.`));
    for (const { fail } of batch) fail(lost);
  }

  private async append(expected: ExpectedRevision, events: NewEvent[], turn: Turn | null): Promise<AppendOutcome | undefined> {
    if (turn) return turn.append(expected, events);
    return (await this.store.append([{ stream: this.stream, expected, events }]))[0];
  }

  private async load(): Promise<Folded<unknown>> {
    this.epoch = this.store.epoch;
    const { folded, snapshotAt } = await load(this.store, this.decider, this.stream);
    this.snapshotAt = snapshotAt;
    return this.weigh(folded);
  }

  private weigh(folded: Folded<unknown>): Folded<unknown> {
    this.folded = weighed(this.decider, folded);
    this.weight = this.folded.bytes;
    return this.folded;
  }

  private answer(batch: readonly Waiting[], chain: Chain, base: Folded<unknown>, position: number): void {
    const { state } = chain.after;
    for (const [i, waiting] of batch.entries()) {
      const decided = chain.decided[i] as Decided;
      if ('answer' in decided) waiting.settle({ outcome: { answer: decided.answer, position }, state, wrote: decided.wrote });
      else if ('problem' in decided) waiting.settle({ outcome: { problem: decided.problem, position }, state, wrote: false });
      else if ('repeat' in decided) void this.repeat(waiting, decided.repeat, chain, base, position);
      else waiting.fail(decided.bug);
    }
  }

  /** The first answer again: from the event that holds it. */
  private async repeat(waiting: Waiting, revision: number, chain: Chain, base: Folded<unknown>, position: number): Promise<void> {
    try {
      const event = chain.events[revision - base.revision - 1] ?? (await this.store.readStream(this.stream, { from: revision, limit: 1 }))[0];
      const answer = event?.metadata.idempotency?.answer;
      if (!answer) throw new Error(`${this.stream} remembers a key by its revision ${revision}, which holds no answer.`);
      waiting.settle({ outcome: { answer, position }, state: chain.after.state, wrote: false });
    } catch (error) {
      waiting.fail(error);
    }
  }

  /** Beside the log and behind the answers: a snapshot that is not saved costs a longer cold start, nothing else. */
  private saveSnapshotWhenDue(): void {
    const { decider, folded } = this;
    if (!decider.snapshot || !folded) return;
    if (folded.revision - this.snapshotAt < decider.snapshot.every(folded.state)) return;
    this.snapshotAt = folded.revision;
    const { schema } = decider.snapshot;
    const save = async () => this.store.saveSnapshot({ stream: this.stream, revision: folded.revision, schema, state: toJson(decider, folded) });
    save().catch(this.onBackgroundError);
  }
}
