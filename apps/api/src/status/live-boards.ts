import { SharedQuestion } from '@coord/event-store/index';
import { ReadModels } from '@coord/projection-runner/index';
import { Injectable } from '@nestjs/common';
import { type BoardFilter, LIVE_BOARD_MODELS, type LiveBoard, liveBoard } from '@projections/board/index';
import { Clock } from '../clock';
import { Configuration } from '../configuration';
import { type Board, boardOf } from './board';

/** The database gives a statement up after 10 s (`ReadModels`), and who asks over HTTP waits for 2 s. */
const LONGEST_MS = 10_000;

/**
 * The board as it is, in one question to the database, at a cost that does not grow with history. Whoever asks for the same board at the same
 * time gets the same answer: it was begun after each of them had asked.
 */
@Injectable()
export class LiveBoards {
  /** The questions under way, by what they ask for. */
  private readonly asked = new Map<string, { question: SharedQuestion<Board>; waiting: number }>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The read models have to be caught up.
   * @throws ReadModelBehind, StoreUnavailable
   */
  async board(filter: BoardFilter): Promise<Board> {
    const key = JSON.stringify([filter.projectKey ?? null, filter.sessionId ?? null]);
    const shared = this.asked.get(key) ?? { question: new SharedQuestion(() => this.ask(filter), LONGEST_MS), waiting: 0 };
    this.asked.set(key, shared);
    shared.waiting += 1;
    try {
      return await shared.question.ask();
    } finally {
      shared.waiting -= 1;
      if (shared.waiting === 0) this.asked.delete(key);
    }
  }

  /**
   * Asks again while one of the read models lags behind the others, and with the next millisecond where another board has that moment: whoever
   * asks for a moment later is to get this board again.
   */
  private async ask(filter: BoardFilter): Promise<Board> {
    const { broadcastForMs, idleAfterMs } = this.configuration;
    for (let now = this.clock.now(); ; now = Math.max(this.clock.now(), now)) {
      const { rows, behind, ahead, noted }: LiveBoard = await liveBoard(this.readModels.sql, filter, { now, broadcastForMs, idleAfterMs });
      if (noted) return boardOf(rows, ahead, now, this.configuration);
      if (behind < ahead) await this.readModels.caughtUp({ atLeast: ahead, of: LIVE_BOARD_MODELS });
      else now += 1;
    }
  }
}
