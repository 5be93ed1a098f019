import type { EventStore } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Inject, Injectable } from '@nestjs/common';
import { type BoardState, foldOn, keepBroadcastsMs, latestSnapshot, latestSnapshotPosition, type UpTo } from '@projections/board/index';
import { Configuration } from '../configuration';
import { EVENT_STORE } from '../engine/tokens';

/** States that are kept: whoever goes through the past step by step asks for neighbours. */
const KEPT = 4;

/** States of the board at moments of the past: from the last snapshot before, or from a state further on that was needed lately. */
@Injectable()
export class BoardStates {
  /** Those that nobody uses, the one used last at the end. A state only goes on, so it has one user at a time. */
  private readonly kept: BoardState[] = [];

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly configuration: Configuration,
  ) {}

  /** The state after all events up to a position, or before the first event of a later time. Give it back, unchanged, when done with it. */
  async upTo(place: UpTo): Promise<BoardState> {
    const { sql } = this.readModels;
    const table = sql`board.snapshots`;
    const keep = keepBroadcastsMs(this.configuration.broadcastForMs);
    const snapshotAt = await latestSnapshotPosition(sql, table, place);
    const state = this.takeBetween(snapshotAt, place) ?? (await latestSnapshot(sql, sql`board.snapshots`, place, keep));
    return foldOn(this.store, state, place);
  }

  giveBack(state: BoardState): void {
    this.kept.push(state);
    if (this.kept.length > KEPT) this.kept.shift();
  }

  private takeBetween(from: number, place: UpTo): BoardState | undefined {
    const isBefore = (state: BoardState): boolean => ('at' in place ? state.latestAt <= place.at.toISOString() : state.position <= place.position);
    let best = -1;
    for (const [n, state] of this.kept.entries()) {
      if (state.position < from || !isBefore(state)) continue;
      if (best < 0 || state.position > (this.kept[best] as BoardState).position) best = n;
    }
    return best < 0 ? undefined : this.kept.splice(best, 1)[0];
  }
}
