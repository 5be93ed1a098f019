import type { EventStore, Turn } from '@coord/event-store/index';

/** Turns in a row that met nothing of others, after which the next chain goes without one. */
const QUIET_TURNS = 4;
/** Milliseconds until turns are asked for again, where none was to be had. */
const WITHOUT_TURNS = 5_000;

/**
 * When the writer of a stream takes turns with those of other instances: while they write, too. Each of their appends makes the state stale
 * that it has cached; without a turn it would decide and append in vain, and so would they. Where nobody else writes a turn would only be
 * one more round trip. So turns begin with a conflict, or with an append past somebody who has the turn (whoever goes without one is
 * faster, and would win all the time), and end when some in a row have met nothing new.
 */
export class TurnTaking {
  /** Turns that may still meet nothing; 0: the writer has the stream for itself. */
  #left = 0;
  #notBefore = 0;

  constructor(
    private readonly store: EventStore,
    private readonly stream: string,
  ) {}

  /** The turn, or null for going on without; resolves at once where the stream is not contended. */
  async take(known: number): Promise<Turn | null> {
    if (this.#left === 0 || performance.now() < this.#notBefore) return null;
    const turn = await this.store.takeTurn(this.stream, known);
    if (!turn) this.#notBefore = performance.now() + WITHOUT_TURNS;
    else if (turn.events.length > 0) this.#left = QUIET_TURNS;
    else this.#left -= 1;
    return turn;
  }

  /** An append met what another instance had written, or wrote while another has the turn. */
  contended(): void {
    this.#left = QUIET_TURNS;
  }
}
