import type { EventStore } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Inject, Injectable } from '@nestjs/common';
import { type BoardFilter, type BoardState, rowsAt, type SignsSeen, signsOf } from '@projections/board/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { EVENT_STORE } from '../engine/tokens';
import type { LogPoint } from '../http/fields';
import { refusedField } from '../http/problems';
import { type Board, boardOf } from './board';
import { BoardStates } from './board-states';
import { Moments } from './moments';

/** A state of the board, the moment from which it is looked at, and the signs that count there. */
interface Past {
  state: BoardState;
  now: number;
  signs: SignsSeen;
}

/**
 * The board as it was: the last snapshot before, the events since, and the same views as today's. The cost is bounded by what lies between
 * two snapshots, however long history is.
 */
@Injectable()
export class PastBoards {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly moments: Moments,
    private readonly states: BoardStates,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /**
   * At a position, the moment is that of its event. At a time that an earlier board was shown at, it is that board again; at any other,
   * everything counts that came before the first event of a later time.
   * @throws Refused for what is yet to come, ReadModelBehind while the snapshots are, StoreUnavailable
   */
  async board(filter: BoardFilter, at: LogPoint): Promise<Board> {
    await this.readModels.caughtUp({ of: ['board'] });
    const { state, now, signs } = 'position' in at ? await this.atPosition(at.position) : await this.atTime(new Date(at.time));
    const { broadcastForMs, idleAfterMs } = this.configuration;
    const seen = await signsOf(this.readModels.sql, state.sessions.names, signs);
    const board = boardOf(rowsAt(state, filter, { now, broadcastForMs, idleAfterMs }, seen), state.position, now, this.configuration);
    this.states.giveBack(state);
    return board;
  }

  private async atPosition(position: number): Promise<Past> {
    const head = await this.store.head();
    if (position > head) throw refusedField('at', `must not be after the end of the log, which is at position ${head}`);
    const state = await this.states.upTo({ position });
    // before the first event there is no moment: the board is empty, and of 1970
    const now = state.at === '' ? 0 : Date.parse(state.at);
    return { state, now, signs: { until: new Date(now) } };
  }

  private async atTime(at: Date): Promise<Past> {
    const now = at.getTime();
    const shown = await this.moments.shownAt(at);
    if (shown) {
      const { position, seen } = shown;
      const state = await this.states.upTo({ position });
      return { state, now, signs: { seen, around: at } };
    }
    const clock = this.clock.now();
    if (now > clock) throw refusedField('at', `must not be in the future: it is ${new Date(clock).toISOString()}`);
    return { state: await this.states.upTo({ at }), now, signs: { until: at } };
  }
}
